package main

// A parameter is something that whoever deploys may say, and the group under
// which CloudFormation's page asks for it.
type parameter struct {
	name, group, about string
	own                block // type, default and what is accepted
}

var parameterList = []parameter{
	{"Stage", "Deployment", "What this deployment is for: prod, staging, a name. It marks metrics, and every resource by a tag.", block{
		{"Type", "String"},
		{"Default", "prod"},
		{"AllowedPattern", "[a-z][a-z0-9-]{0,19}"},
		{"ConstraintDescription", "1 to 20 lower-case letters, digits and hyphens, a letter first"},
	}},
	{"Domain", "Deployment", "The host name under which the world reaches both APIs. Empty: the addresses that API Gateway gives them.", block{
		{"Type", "String"},
		{"Default", ""},
		{"MaxLength", 253},
		{"AllowedPattern", "(([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?[.])+[a-z]{2,63})?"},
		{"ConstraintDescription", "a host name without https:// and without a path, like motorpool.example.com"},
	}},
	{"MailFrom", "Deployment", "The address that e-mail comes from, verified in SES by itself or by its domain. Empty: letters wait for it, and fail after a day.", block{
		{"Type", "String"},
		{"Default", ""},
		{"MaxLength", 254},
		{"AllowedPattern", "([A-Za-z0-9._+-]+@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?[.])+[A-Za-z]{2,63})?"},
		{"ConstraintDescription", "an address without a name, like motorpool@example.com"},
	}},
	{"LogLevel", "Watching it", "The least that is logged. Metrics and the access log are written in any case.", block{
		{"Type", "String"},
		{"Default", "INFO"},
		{"AllowedValues", []string{"DEBUG", "INFO", "WARN", "ERROR"}},
	}},
	{"LogRetention", "Watching it", "Days for which logs are kept.", block{
		{"Type", "Number"},
		{"Default", 90},
		{"AllowedValues", []int{1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653}},
	}},
	{"Tracing", "Watching it", "Active: X-Ray follows one request a second and one in twenty of the others. PassThrough: only what somebody else follows, and no role may write to X-Ray.", block{
		{"Type", "String"},
		{"Default", "Active"},
		{"AllowedValues", []string{"Active", "PassThrough"}},
	}},
	{"DeliveryConcurrency", "Capacity", "How many batches of 10 first attempts are made at once. It keeps webhooks from taking all of the account's Lambda concurrency (1,000 unless raised).", block{
		{"Type", "Number"}, {"Default", 100}, {"MinValue", 2}, {"MaxValue", 1000},
	}},
	{"RetryConcurrency", "Capacity", "How many retries are made at once, taken out of the account's Lambda concurrency. 0: as many as there is room for, which is all that a new account (concurrency 10) accepts.", block{
		{"Type", "Number"}, {"Default", 0}, {"MinValue", 0}, {"MaxValue", 900},
	}},
}

// groups are in the order in which they are asked for.
var groups = []string{"Deployment", "Watching it", "Capacity"}

func parameters() (all block) {
	for _, p := range parameterList {
		all = append(all, entry{p.name, append(append(block{}, p.own...), entry{"Description", p.about})})
	}
	return all
}

// metadata groups the parameters in CloudFormation's console.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-cloudformation-interface.html
func metadata() block {
	var all []block
	for _, g := range groups {
		var names []string
		for _, p := range parameterList {
			if p.group == g {
				names = append(names, p.name)
			}
		}
		all = append(all, block{{"Label", block{{"default", g}}}, {"Parameters", names}})
	}
	return block{{"AWS::CloudFormation::Interface", block{{"ParameterGroups", all}}}}
}

func conditions() block {
	is := func(name string, value any) call { return call{"!Equals", []any{ref(name), value}} }
	not := func(c call) call { return call{"!Not", []any{c}} }
	return block{
		{"HasDomain", not(is("Domain", ""))},
		{"IsTraced", is("Tracing", "Active")},
		{"RetriesReserved", not(is("RetryConcurrency", 0))},
	}
}
