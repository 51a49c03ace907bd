package main

import "motorpool/infra/aws/seed"

// trackingAsks are about odometers, devices and journeys.
func trackingAsks(w *seed.World) map[string]ask {
	asset := func(number string) string { return w.Assets[number].ID }
	device := func(serial string) string { return w.Devices[serial].ID }
	reading := func(number string) string { return asset(number) + "/" + w.Readings[number].ID }
	trip := map[string]any{
		"provider": "teltonika", "serial": "HCT-0001", "start": "2026-02-28T08:00:00Z", "end": "2026-02-28T08:30:00Z", "metres": 12450,
		"from": map[string]any{"latitude": "-33.868820", "longitude": "151.209290"},
	}
	return map[string]ask{
		"odometer.delete_reading":       {at: reading("HC-107")},
		"odometer.get_odometer":         {at: asset("HC-101")},
		"odometer.get_use":              {at: asset("HC-101"), query: "from=2026-02-01T00%3A00%3A00Z&to=2026-03-01T00%3A00%3A00Z"},
		"odometer.list_readings":        {at: asset("HC-101"), query: "limit=20"},
		"odometer.record_reading":       {at: asset("HC-105")},
		"odometer.supersede_reading":    {at: reading("HC-111")},
		"tracking.assign_device":        {at: device("HCT-0004"), body: map[string]any{"asset": asset("HC-112")}},
		"tracking.get_device":           {at: device("HCT-0001")},
		"tracking.ingest_readings":      {bare: true, body: map[string]any{"readings": []any{trip}}},
		"tracking.list_asset_journeys":  {at: asset("HC-101"), query: "limit=20"},
		"tracking.list_device_history":  {at: device("HCT-0001"), query: "limit=20"},
		"tracking.list_device_journeys": {at: device("HCT-0001"), query: "limit=20"},
		"tracking.list_devices":         {query: "state=active&limit=20"},
		"tracking.repair_device":        {at: device("HCT-0005")},
		"tracking.report_fault":         {at: device("HCT-0005")},
		"tracking.retire_device":        {at: device("HCT-0006")},
		"tracking.unassign_device":      {at: device("HCT-0003")},
	}
}
