package person

import "motorpool/shared/table"

// Kinds lists what rests here.
func Kinds() []table.Kind {
	return []table.Kind{
		{Name: "person", PK: "WS#w#PER#*", SK: "PERSON"},
		{Name: "person's block", PK: "WS#w#PER#*", SK: blockPrefix + "*"},
		{Name: "person's export", PK: "WS#w#PER#*", SK: copyPrefix + "*", Stays: "its files stay where they were written, for a day"},
		{Name: "e-mail address's claim", PK: "WS#w#PERSONEMAIL#*", SK: "CLAIM"},
		{Name: "place in the list of people", PK: "WS#w#PEOPLE#*", SK: "**"},
		{Name: "place in the list of a tag", PK: "WS#w#PERSONTAG#**", SK: "**"},
		{Name: "person's name to search", PK: "WS#w#PERSONNAME#*", SK: "**"},
		{Name: "person's e-mail or phone to search", PK: "WS#w#PERSONSECRET#*", SK: "**"},
		{Name: "number of a person's document", PK: "WS#w#PERSONNUMBER", SK: "**"},
		{Name: "what a person is known again by", PK: "WS#w#PERSONMATCH#**", SK: "*"},
	}
}
