package money

import "strings"

// currencies are those of ISO 4217 that are in use, at the number of decimals
// they have. The list is text, so that a process which starts need not make a
// table of it. TestTheCurrenciesAreThoseOfISO compares it with a library that is
// kept up to date; when that knows better, take over what the test says.
var currencies = [...]string{
	0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
	2: "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF " +
		"CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL " +
		"HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU " +
		"MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR " +
		"SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED " +
		"VES WST XAD XCD XCG YER ZAR ZMW ZWG",
	3: "BHD IQD JOD KWD LYD OMR TND",
	4: "CLF UYW",
}

// decimals returns how many decimals a currency has, and whether there is such
// a currency.
func decimals(code string) (n int, known bool) {
	if len(code) != 3 {
		return 0, false
	}
	for n, list := range currencies {
		if at := strings.Index(list, code); at >= 0 && at%4 == 0 {
			return n, true
		}
	}
	return 0, false
}
