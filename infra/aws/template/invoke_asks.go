package main

import (
	"fmt"
	"maps"
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"motorpool/infra/aws/seed"
)

// said is a JSON body: what a says, and for the rest the examples of the schema.
func (m *maker) said(media *huma.MediaType, a ask) (map[string]any, error) {
	if a.bare {
		return a.body, nil
	}
	if media == nil {
		return nil, fmt.Errorf("its body is not JSON")
	}
	example, err := m.example(media.Schema)
	if err != nil {
		return nil, err
	}
	body, _ := example.(map[string]any)
	if body == nil {
		body = map[string]any{}
	}
	maps.Copy(body, a.body)
	return body, nil
}

// example is made of the examples in a schema; nil if there are none.
func (m *maker) example(s *huma.Schema) (any, error) {
	if s.Ref != "" {
		s = m.doc.Components.Schemas.SchemaFromRef(s.Ref)
	}
	if len(s.Examples) > 0 {
		return s.Examples[0], nil
	}
	object := map[string]any{}
	for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
		v, err := m.example(s.Properties[name])
		if err != nil {
			return nil, err
		}
		if v == nil && slices.Contains(s.Required, name) {
			return nil, fmt.Errorf("the field %s has no example; give it one where it is declared", name)
		}
		if v != nil {
			object[name] = v
		}
	}
	if len(object) == 0 {
		return nil, nil
	}
	return object, nil
}

// asks are the requests about the world's things. A route that has no entry is
// asked as its schema's examples say. What ends or moves a thing has one of its own.
func asks(w *seed.World) map[string]ask {
	all := map[string]ask{}
	for _, some := range []map[string]ask{programAsks(w), staffAsks(w), pageAsks(w), formAsks(w), placeAsks(w), personAsks(w), customerAsks(w), careAsks(w), pictureAsks(w), moneyAsks(w), inspectionAsks(w), listAsks(w)} {
		maps.Copy(all, some)
	}
	return all
}

func programAsks(w *seed.World) map[string]ask {
	all := trackingAsks(w)
	maps.Copy(all, houseAsks(w))
	return all
}

func houseAsks(w *seed.World) map[string]ask {
	asset := func(number string) string { return w.Assets[number].ID }
	category := func(slug string) string { return w.Categories[slug].ID }
	endpoint := func(name string) string { return w.Endpoints[name].ID }
	first, third := w.Inboxes["First try"].ID, w.Inboxes["Third try"].ID
	place := func(code string) string { return w.Locations[code].ID }
	return map[string]ask{
		"fleet.archive_asset":         {at: asset("HC-102"), version: w.Assets["HC-102"].Version},
		"fleet.create_asset":          {body: map[string]any{"primary_category": category("family-cars"), "categories": []string{category("family-cars")}, "home_location": place("SYD"), "current_location": place("CITY")}},
		"fleet.create_category":       {body: map[string]any{"image": w.Files[3], "parent": category("family-cars")}},
		"fleet.delete_asset":          {at: asset("HC-103")},
		"fleet.delete_category":       {at: category("estates")},
		"fleet.disable_booking":       {at: asset("HC-104")},
		"fleet.duplicate_asset":       {at: asset("HC-101")},
		"fleet.edit_asset":            {at: asset("HC-105"), version: w.Assets["HC-105"].Version, bare: true, body: map[string]any{"colour": "Glacier White", "seats": 5}},
		"fleet.edit_category":         {at: category("coupes"), bare: true, body: map[string]any{"name": "Coupés", "sort_order": 30}},
		"fleet.enable_booking":        {at: asset("HC-106")},
		"fleet.get_asset":             {at: asset("HC-101")},
		"fleet.get_category":          {at: category("family-cars")},
		"fleet.list_asset_history":    {at: asset("HC-101"), query: "limit=20"},
		"fleet.list_assets":           {query: "status=available&q=hc&limit=20"},
		"fleet.list_categories":       {query: "limit=20"},
		"fleet.merge_category":        {at: category("minivans"), body: map[string]any{"into": category("vans")}},
		"settings.change_workspace":   {bare: true, body: map[string]any{"name": "Harbour City Cars", "country": "AU", "currency": "AUD", "tax": map[string]any{"label": "ABN", "number": "12 345 678 901"}}},
		"settings.get_key":            {at: w.Keys["Spreadsheet"].ID},
		"settings.list_audit":         {query: "action=asset.%2A&limit=20"},
		"settings.list_keys":          {query: "limit=20"},
		"settings.revoke_key":         {at: w.Keys["Old booking site"].ID},
		"webhooks.change_test_url":    {at: third},
		"webhooks.check_endpoint":     {at: endpoint("CRM")},
		"webhooks.delete_endpoint":    {at: endpoint("Accounting"), version: w.Endpoints["Accounting"].Revision},
		"webhooks.edit_endpoint":      {at: endpoint("Data lake"), version: w.Endpoints["Data lake"].Revision, bare: true, body: map[string]any{"description": "Data warehouse", "rate_limit": 10}},
		"webhooks.enable":             {at: endpoint("Old CRM")},
		"webhooks.get_delivery":       {at: w.Delivered},
		"webhooks.get_endpoint":       {at: endpoint("CRM")},
		"webhooks.get_event":          {at: w.Published.ID},
		"webhooks.get_secret":         {at: endpoint("CRM")},
		"webhooks.get_test_url":       {at: first},
		"webhooks.list_deliveries":    {query: "endpoint=" + endpoint("CRM") + "&status=succeeded&limit=20"},
		"webhooks.list_endpoints":     {query: "limit=20"},
		"webhooks.list_events":        {query: "type=custom.key_returned&limit=20"},
		"webhooks.list_test_requests": {at: first, query: "limit=20"},
		"webhooks.pause":              {at: endpoint("Parking app")},
		"webhooks.recover":            {at: endpoint("CRM")},
		"webhooks.replay":             {at: endpoint("CRM")},
		"webhooks.resend_delivery":    {at: w.Delivered},
		"webhooks.resume":             {at: endpoint("Wash robot")},
		"webhooks.rotate_secret":      {at: endpoint("Insurer")},
		"webhooks.test_endpoint":      {at: endpoint("CRM")},
	}
}

// staffAsks are what is done to users and roles.
func staffAsks(w *seed.World) map[string]ask {
	return map[string]ask{
		"console.account_name":       {session: w.Sessions[0], form: "name=Mia"},
		"console.account_page":       {session: w.Sessions[0]},
		"console.phone_recovery":     {session: w.Sessions[0], form: "code=123456"},
		"console.phone_remove":       {session: w.Sessions[0], form: "code=123456"},
		"console.user_role_create":   {form: "name=Washers&grants=assets.view"},
		"console.user_role_delete":   {at: w.Staff.Roles["Car wash"].ID},
		"console.user_role_page":     {at: w.Staff.Roles["Customer success"].ID},
		"console.user_role_save":     {at: w.Staff.Roles["Weekend desk"].ID, form: "name=Weekend+desk&description=Saturdays&grants=assets.view"},
		"console.session_end":        {at: "ses_none"},
		"console.user_codes":         {form: "on=false"},
		"console.user_disable":       {at: w.Staff.Users["Kit"].ID},
		"console.user_enable":        {at: w.Staff.Users["Lou"].ID},
		"console.user_invite":        {form: "email=kay%40harbourcars.example&name=Kay&role=rol_admin"},
		"console.user_page":          {at: w.Staff.Users["Joe"].ID},
		"console.user_resend":        {at: w.Staff.Users["Ned"].ID},
		"console.user_revoke":        {at: w.Staff.Users["Oda"].ID},
		"console.user_save":          {at: w.Staff.Users["Pia"].ID, form: "name=Pia+Holm&role=rol_admin"},
		"settings.list_user_work":    {at: w.Staff.Users["Joe"].ID},
		"settings.create_role":       {body: map[string]any{"name": "Drivers"}},
		"console.feature_switch":     {at: "bulk_price_import", form: "on=1"},
		"console.outbox_letter":      {at: w.Staff.Letter},
		"settings.switch_feature":    {at: "bulk_price_import", bare: true, body: map[string]any{"enabled": true}},
		"settings.delete_role":       {at: w.Staff.Roles["Workshop"].ID},
		"settings.disable_user":      {at: w.Staff.Users["Joe"].ID},
		"settings.edit_role":         {at: w.Staff.Roles["Night desk"].ID, bare: true, body: map[string]any{"description": "After eight"}},
		"settings.edit_user":         {at: w.Staff.Users["Max"].ID, bare: true, body: map[string]any{"name": "Maximilian"}},
		"settings.enable_user":       {at: w.Staff.Users["Zoe"].ID},
		"settings.get_role":          {at: w.Staff.Roles["Customer success"].ID},
		"settings.get_user":          {at: w.Staff.Users["Joe"].ID},
		"settings.invite_user":       {bare: true, body: map[string]any{"email": "kim@harbourcars.example", "name": "Kim", "role": "rol_admin"}},
		"settings.list_users":        {query: "state=active&limit=20"},
		"settings.resend_invitation": {at: w.Staff.Users["Tom"].ID},
		"settings.revoke_invitation": {at: w.Staff.Users["Ivy"].ID},
	}
}

// placeAsks are about locations and what is there.
func placeAsks(w *seed.World) map[string]ask {
	asset := func(number string) string { return w.Assets[number].ID }
	place := func(code string) string { return w.Locations[code].ID }
	return map[string]ask{
		"console.asset_assign":              {form: "what=home&assets=" + asset("HC-201") + "&location=" + place("CITY")},
		"console.asset_transfer":            {at: asset("HC-202"), form: "odometer=48211&to=" + place("CITY")},
		"console.location_create":           {form: "name=Melbourne&code=MEL&time_zone=Australia%2FMelbourne&hours.monday=08%3A00-18%3A00&pickup_allowed=on&dropoff_allowed=on&rental=on"},
		"console.location_page":             {at: place("SYD")},
		"console.location_save":             {at: place("SYD"), form: "name=Sydney+Airport&code=SYD&hours.monday=08%3A00-18%3A00&pickup_allowed=on&dropoff_allowed=on&rental=on&subscription=on&version=1"},
		"console.location_switch":           {at: place("ANNEX")},
		"locations.activate_location":       {at: place("YARD")},
		"locations.assign_assets":           {bare: true, body: map[string]any{"assets": []string{asset("HC-201"), asset("HC-202")}, "home_location": place("CITY")}},
		"locations.check_pickup":            {at: place("SYD"), query: "program=rental&at=2026-03-05T09%3A00%3A00%2B11%3A00"},
		"locations.deactivate_location":     {at: place("DEPOT"), version: 1},
		"locations.edit_location":           {at: place("SYD"), bare: true, body: map[string]any{"hours": map[string]any{"monday": []any{map[string]any{"opens": "08:00", "closes": "18:00"}}}, "pickup_rules": map[string]any{"rental": map[string]any{"lead_time_days": 3, "cut_off": "15:00"}}}},
		"locations.get_location":            {at: place("SYD")},
		"locations.list_location_transfers": {at: place("SYD"), query: "limit=20"},
		"locations.list_locations":          {query: "active=true&limit=20"},
		"locations.list_pickup_days":        {at: place("SYD"), query: "program=rental&from=2026-03-02&to=2026-03-31"},
		"locations.list_transfers":          {at: asset("HC-201"), query: "limit=20"},
		"locations.create_location":         {body: map[string]any{"name": "Newcastle", "code": "NTL"}},
		"locations.transfer_asset":          {at: asset("HC-201"), bare: true, body: map[string]any{"to": place("SYD"), "odometer": 48211000, "reason": "Needed for the long weekend"}},
	}
}

// pageAsks are the console's pages, and what anybody may open.
func pageAsks(w *seed.World) map[string]ask {
	crm := w.Endpoints["CRM"].ID
	return map[string]ask{
		"console.asset_edit":            {at: w.Assets["HC-101"].ID},
		"console.asset_list":            {query: "q=hc&status=available"},
		"console.asset_page":            {at: w.Assets["HC-101"].ID},
		"console.audit_log":             {query: "action=asset.created"},
		"console.category_page":         {at: w.Categories["family-cars"].ID},
		"console.delivery_list":         {query: "endpoint=" + crm},
		"console.delivery_page":         {at: w.Delivered},
		"console.delivery_payload":      {at: w.Delivered},
		"console.endpoint_edit":         {at: crm},
		"console.endpoint_page":         {at: crm},
		"console.endpoint_recover":      {at: crm, query: "since=2026-02-22T00%3A00%3A00Z"},
		"console.endpoint_replay":       {at: crm, query: "since=2026-02-22T00%3A00%3A00Z"},
		"console.event_type":            {at: "asset.created"},
		"console.inbox_page":            {at: w.Inboxes["First try"].ID},
		"console.journey_list":          {at: w.Assets["HC-101"].ID},
		"console.odometer_page":         {at: w.Assets["HC-101"].ID},
		"console.sign_in_confirm":       {at: w.Links[0]},
		"console.sign_in_enter":         {at: w.Links[1]},
		"console.phone_begin":           {session: w.Sessions[0]},
		"console.phone_page":            {session: w.Sessions[0]},
		"console.phone_code":            {session: w.Sessions[0], form: "code=123456"},
		"console.phone_confirm":         {session: w.Sessions[0], form: "code=123456"},
		"console.reset":                 {at: w.Staff.Resets[1], form: "password=four+deaf+cats"},
		"console.reset_page":            {at: w.Staff.Resets[0]},
		"console.invitation_accept":     {at: w.Staff.Invites[1], form: "password=four+deaf+cats"},
		"console.invitation_page":       {at: w.Staff.Invites[0]},
		"console.forgotten_send":        {form: "email=owner%40motorpool.example"},
		"console.sign_in_code":          {form: "ticket=none&code=123456"},
		"console.sign_in_link_send":     {form: "email=owner%40motorpool.example"},
		"console.sign_in_password":      {form: "email=owner%40motorpool.example&password=three+blind+mice"},
		"console.workspace_enter":       {session: w.Sessions[2], form: "workspace=" + w.Workspace.ID},
		"console.workspace_choose":      {session: w.Sessions[0]},
		"console.sign_out":              {session: w.Sessions[1]},
		"console.static":                {at: "1/mark.svg"},
		"docs.read":                     {at: "webhooks"},
		"webhooks.receive_test_request": {at: w.Inboxes["First try"].Token, body: map[string]any{"type": "custom.key_returned", "data": map[string]any{"asset": "HC-101"}}},
	}
}

// formAsks are the console's forms, as a browser posts them.
func formAsks(w *seed.World) map[string]ask {
	asset := func(number string) string { return w.Assets[number].ID }
	endpoint := func(name string) string { return w.Endpoints[name].ID }
	family, crm := w.Categories["family-cars"].ID, endpoint("CRM")
	const since = "since=2026-02-22T00%3A00%3A00Z"
	return map[string]ask{
		"console.asset_archive":          {at: asset("HC-108")},
		"console.asset_booking":          {at: asset("HC-109"), form: "on=true"},
		"console.asset_create":           {form: "number=HC-113&vin=KNAC381AFR5000113&type=car&make=Kia&model=EV6&year=2025&distance_unit=km&home_location=" + w.Locations["SYD"].ID + "&categories=" + family},
		"console.asset_delete":           {at: asset("HC-110")},
		"console.asset_duplicate":        {at: asset("HC-111")},
		"console.asset_save":             {at: asset("HC-112"), form: fmt.Sprintf("number=HC-112&type=car&make=MG&model=MG4&year=2025&colour=Dover+White&distance_unit=km&categories=%s&version=%d", family, w.Assets["HC-112"].Version)},
		"console.category_create":        {form: "name=Campers&sort_order=40&show_on_website=true&active=true"},
		"console.category_delete":        {at: w.Categories["cabriolets"].ID},
		"console.category_merge":         {at: w.Categories["sports-cars"].ID, form: "into=" + w.Categories["luxury-cars"].ID},
		"console.category_save":          {at: w.Categories["utes"].ID, form: fmt.Sprintf("name=Utes+and+pickups&slug=utes&active=true&version=%d", w.Categories["utes"].Version)},
		"console.delivery_resend":        {at: w.Delivered},
		"console.device_create":          {form: "provider=teltonika&serial=HCT-0100&asset=" + asset("HC-105")},
		"console.device_unassign":        {at: w.Devices["HCT-0007"].ID},
		"console.endpoint_check":         {at: crm},
		"console.endpoint_create":        {form: "url=https%3A%2F%2Fwash.harbourcars.example%2Fhooks&description=Wash+hall&events=asset.%2A"},
		"console.endpoint_delete":        {at: endpoint("Marketing")},
		"console.endpoint_enable":        {at: endpoint("Legacy ERP")},
		"console.endpoint_pause":         {at: endpoint("Toll reader")},
		"console.endpoint_recover_start": {at: crm, form: since},
		"console.endpoint_replay_start":  {at: crm, form: since},
		"console.endpoint_resume":        {at: endpoint("Key cabinet")},
		"console.endpoint_reveal":        {at: crm},
		"console.endpoint_rotate":        {at: endpoint("Payments"), form: "overlap=24"},
		"console.endpoint_save":          {at: endpoint("BI export"), form: fmt.Sprintf("url=https%%3A%%2F%%2Fbi.harbourcars.example%%2Fhooks&description=BI+export&events=asset.%%2A&version=%d", w.Endpoints["BI export"].Revision)},
		"console.endpoint_send_example":  {at: crm, form: "type=asset.updated"},
		"console.inbox_answer":           {at: w.Inboxes["Second try"].ID, form: "status=503&delay_seconds=0"},
		"console.key_create":             {form: "name=Tablet+in+the+yard&scopes=assets.view&scopes=assets.edit&expires_at=90"},
		"console.key_revoke":             {at: w.Keys["Spreadsheet"].ID},
		"console.odometer_record":        {at: asset("HC-112"), form: "value=1200&note=Delivery"},
		"console.workspace_logo":         {form: "ground=light"},
		"console.workspace_save":         {form: "name=Harbour+City+Cars&time_zone=Australia%2FSydney&settings.retention_days=90&settings.disable_after_days=5&payment_terms_days=14"},
	}
}
