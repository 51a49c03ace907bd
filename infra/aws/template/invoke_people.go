package main

import (
	"strconv"

	"motorpool/infra/aws/seed"
)

// personAsks are the requests about the world's customers.
func personAsks(w *seed.World) map[string]ask {
	id := func(given string) string { return w.Customers[given].ID }
	contact := func(given string) string { return id(given) + "/" + w.Customers[given].Contacts[0].ID }
	return map[string]ask{
		"console.contact_create":     {at: id("Amira"), form: "type=reference&name=Noor+Haddad&phone=%2B61491570157"},
		"console.contact_remove":     {at: contact("Mona")},
		"console.contact_verify":     {at: contact("Nils")},
		"console.person_anonymise":   {at: id("Olga")},
		"console.person_archive":     {at: id("Paul")},
		"console.person_block":       {at: id("Quinn"), form: "reason=damage&note=Two+bumpers"},
		"console.person_create":      {form: "given_name=Yara&family_name=Costa&email=yara%40customers.example"},
		"console.person_delete":      {at: id("Rosa")},
		"console.person_edit":        {at: id("Amira")},
		"console.person_export":      {at: id("Amira")},
		"console.person_export_file": {at: id("Amira") + "/" + w.Copies["owner"].ID + "/" + w.Copies["owner"].Files[0].Attachment},
		"console.person_export_list": {at: id("Amira")},
		"console.person_list":        {query: "q=a"},
		"console.person_merge":       {at: id("Sven"), form: "into=" + id("Amira")},
		"console.person_page":        {at: id("Amira"), query: "tab=contacts"},
		"console.person_restore":     {at: id("Theo")},
		"console.person_save":        {at: id("Uma"), form: "given_name=Uma&family_name=Rao&email=uma%40customers.example&version=" + strconv.FormatInt(w.Customers["Uma"].Version, 10)},
		"console.person_unblock":     {at: id("Vera")},
		"people.add_contact":         {at: id("Amira"), bare: true, body: map[string]any{"type": "employer", "company": "Harbour Freight", "role": "Driver", "phone": "+61 2 5550 7788"}},
		"people.anonymise_person":    {at: id("Dev")},
		"people.archive_person":      {at: id("Elif"), version: w.Customers["Elif"].Version},
		"people.block_person":        {at: id("Finn")},
		"people.delete_person":       {at: id("Grace")},
		"people.edit_contact":        {at: contact("Amira"), bare: true, body: map[string]any{"relationship": "Brother"}},
		"people.edit_person":         {at: id("Hugo"), version: w.Customers["Hugo"].Version, bare: true, body: map[string]any{"preferred_name": "Hugh", "payment_terms_days": 7}},
		"people.export_person":       {at: id("Amira")},
		"people.get_person":          {at: id("Amira")},
		"people.get_person_export":   {at: id("Amira") + "/" + w.Copies["program"].ID},
		"people.list_blocks":         {at: id("Kira"), query: "limit=20"},
		"people.list_duplicates":     {at: id("Ben")},
		"people.list_people":         {query: "q=a&limit=20"},
		"people.list_person_history": {at: id("Amira"), query: "limit=20"},
		"people.merge_person":        {at: id("Chloe"), body: map[string]any{"into": id("Ben")}},
		"people.order_person_export": {at: id("Ben")},
		"people.remove_contact":      {at: contact("Iris")},
		"people.restore_person":      {at: id("Leo")},
		"people.unblock_person":      {at: id("Kira")},
		"people.verify_contact":      {at: contact("Jonas")},
	}
}
