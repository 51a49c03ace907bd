package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"sync"
	"time"
)

// The workspace whose pages are measured, as the issue "Records" names it.
const (
	vehicles = 20_000
	persons  = 50_000
	others   = 5_000 // issues, windows, reminders, expenses, documents, devices, companies
	writers  = 16    // who fill it at the same time
	views    = 200   // of each page
	viewers  = 2     // as many as there are processors
)

var inLog = regexp.MustCompile(`/sign-in/\S+`)

// records fills a workspace with vehicles and people, and then looks at each list,
// search and page as two people do who click as fast as they get answers.
func records(ctx context.Context, bin string) ([]row, error) {
	s, err := set(bin)
	if err != nil {
		return nil, err
	}
	defer s.strike()
	other, err := fill(ctx, s)
	if err != nil {
		return nil, err
	}
	one, firm, err := rest(ctx, s)
	if err != nil {
		return nil, err
	}
	if err := letIn(s); err != nil {
		return nil, err
	}
	var rows []row
	for _, at := range []string{
		"/v1/assets", "/v1/assets?sort=number", "/v1/assets?q=b19", "/v1/assets?q=1FTFW1E50", "/v1/assets?make=Kia", "/v1/assets?status=available", "/v1/assets/" + one,
		"/v1/people", "/v1/people?sort=newest", "/v1/people?q=nunez", "/v1/people?q=ana4999", "/v1/people?q=%2B61400", "/v1/people/" + other,
		"/v1/companies", "/v1/issues", "/v1/maintenance-windows", "/v1/service-reminders", "/v1/expenses?asset=" + one, "/v1/documents?expires_within=60", "/v1/devices", "/v1/calendar",
		"/", "/assets", "/assets?q=b19", "/assets/" + one, "/assets/" + one + "/timeline", "/people", "/people?q=nunez", "/people/" + other, "/companies", "/companies/" + firm,
		"/calendar", "/issues", "/maintenance", "/reminders", "/inspections", "/documents?show=all", "/devices", "/insurance", "/exports", "/settings/audit",
	} {
		waits, err := view(ctx, s, at)
		if err != nil {
			return nil, err
		}
		rows = append(rows, row{"GET " + regexp.MustCompile(`(ast|per|com)_\w+`).ReplaceAllString(at, "$1"), "p95 ≤ 50 ms", fmt.Sprintf("p50 %s, p95 %s", ms(quantile(waits, 50)), ms(quantile(waits, 95)))})
	}
	return append(rows, row{"memory with 20,000 vehicles and 50,000 people", "", fmt.Sprintf("%.1f MiB", float64(s.Memory())/(1<<20))}), nil
}

// fill makes the vehicles and people, and returns the id of one of these.
func fill(ctx context.Context, s *stage) (person string, err error) {
	var cat struct{ ID string }
	if err := s.Call(ctx, http.MethodPost, "/v1/categories", map[string]any{"name": "Cars"}, &cat); err != nil {
		return "", err
	}
	var home struct{ ID string }
	if err := s.Call(ctx, http.MethodPost, "/v1/locations", map[string]any{"name": "Depot"}, &home); err != nil {
		return "", err
	}
	makes, names := []string{"Toyota", "Kia", "Mazda", "Ford", "Tesla"}, []string{"Núñez", "Smith", "Okafor", "Nguyen", "Larsen"}
	_, err = many(ctx, s, "/v1/assets", vehicles, func(i int) map[string]any {
		return map[string]any{
			"type": "car", "make": makes[i%len(makes)], "model": "Model " + string(rune('A'+i%26)), "year": 2020 + i%6, "number": fmt.Sprintf("B%05d", i),
			"vin": fmt.Sprintf("1FTFW1E5%09d", i), "registration": map[string]any{"plate": fmt.Sprintf("AB%05d", i)},
			"categories": []string{cat.ID}, "primary_category": cat.ID, "home_location": home.ID,
		}
	})
	if err != nil {
		return "", err
	}
	return many(ctx, s, "/v1/people", persons, func(i int) map[string]any {
		return map[string]any{
			"given_name": fmt.Sprintf("Ana%d", i), "family_name": names[i%len(names)], "email": fmt.Sprintf("ana%d@customers.example", i), "mobile": fmt.Sprintf("+614%08d", i),
		}
	})
}

// rest gives each of the first vehicles one of everything that is kept about a
// vehicle, and adds companies. It returns the id of such a vehicle, and of one of these.
func rest(ctx context.Context, s *stage) (asset, company string, err error) {
	ids, err := first(ctx, s, others)
	if err != nil {
		return "", "", err
	}
	today := time.Now().UTC().Truncate(24 * time.Hour)
	day := func(i int) string { return today.AddDate(0, 0, i%50).Format(time.DateOnly) }
	for _, m := range []struct {
		path string
		body func(i int) map[string]any
	}{
		{"/v1/issues", func(i int) map[string]any { return map[string]any{"title": "Scratch", "type": "damage", "due": day(i)} }},
		{"/v1/maintenance-windows", func(i int) map[string]any {
			at := today.AddDate(0, 0, 1+i%50)
			return map[string]any{"reason": "service", "starts_at": at.Add(8 * time.Hour), "ends_at": at.Add(17 * time.Hour)}
		}},
		{"/v1/service-reminders", func(i int) map[string]any { return map[string]any{"name": "Oil", "due_on": day(i)} }},
		{"/v1/expenses", func(int) map[string]any {
			return map[string]any{"item": "fuel", "date": day(0), "amount": map[string]any{"minor": 9_900, "currency": "AUD"}}
		}},
		{"/v1/documents", func(i int) map[string]any {
			return map[string]any{"type": "registration", "number": fmt.Sprintf("R-%d", i), "expires": day(i)}
		}},
		{"/v1/devices", func(i int) map[string]any {
			return map[string]any{"provider": "acme", "serial": fmt.Sprintf("DEV%05d", i)}
		}},
	} {
		_, err := many(ctx, s, m.path, others, func(i int) map[string]any {
			body := m.body(i)
			switch asset := ids[i]; m.path {
			case "/v1/devices":
			case "/v1/documents":
				body["owner"] = map[string]any{"type": "asset", "id": asset}
			default:
				body["asset"] = asset
			}
			return body
		})
		if err != nil {
			return "", "", err
		}
	}
	company, err = many(ctx, s, "/v1/companies", others, func(i int) map[string]any {
		return map[string]any{"trading_name": fmt.Sprintf("Blue Gum %05d", i), "billing_emails": []string{fmt.Sprintf("accounts%d@firms.example", i)}}
	})
	return ids[others/2], company, err
}

// first returns the ids of the first n vehicles by their number.
func first(ctx context.Context, s *stage, n int) (ids []string, err error) {
	for cursor := ""; len(ids) < n; {
		var page struct {
			Data []struct{ ID string }
			Next string `json:"next_cursor"`
		}
		if err := s.Call(ctx, http.MethodGet, "/v1/assets?sort=number&limit=100&cursor="+url.QueryEscape(cursor), nil, &page); err != nil {
			return nil, err
		}
		for _, a := range page.Data {
			ids = append(ids, a.ID)
		}
		if cursor = page.Next; cursor == "" {
			break
		}
	}
	return ids[:n], nil
}

// many posts n things and returns the id of the one in the middle.
func many(ctx context.Context, s *stage, path string, n int, body func(i int) map[string]any) (id string, err error) {
	var wg sync.WaitGroup
	failed := make(chan error, writers)
	for w := range writers {
		wg.Go(func() {
			for i := w; i < n; i += writers {
				var made struct{ ID string }
				if err := s.Call(ctx, http.MethodPost, path, body(i), &made); err != nil {
					failed <- fmt.Errorf("%s %d: %w", path, i, err)
					return
				}
				if i == n/2 {
					id = made.ID
				}
			}
		})
	}
	wg.Wait()
	close(failed)
	for err := range failed {
		return "", err
	}
	return id, nil
}

// letIn signs the owner in, by the link that the machine greeted with.
func letIn(s *stage) (err error) {
	log, err := os.ReadFile(filepath.Join(s.data, "machine.log"))
	if err != nil {
		return err
	}
	link := inLog.Find(log)
	if link == nil {
		return errors.New("the machine printed no link to sign in")
	}
	if s.HTTP.Jar, err = cookiejar.New(nil); err != nil {
		return err
	}
	req, err := http.NewRequest(http.MethodPost, s.URL+string(link), nil)
	if err != nil {
		return err
	}
	req.Header.Set("Origin", s.URL)
	res, err := s.HTTP.Do(req)
	if err != nil {
		return err
	}
	res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("signing in: %s", res.Status)
	}
	return nil
}

// view asks for a page again and again and returns how long each answer took.
func view(ctx context.Context, s *stage, path string) (waits []time.Duration, err error) {
	var mu sync.Mutex
	var wg sync.WaitGroup
	for range viewers {
		wg.Go(func() {
			for range views / viewers {
				began := time.Now()
				failed := look(ctx, s, path)
				took := time.Since(began)
				mu.Lock()
				waits = append(waits, took)
				err = errors.Join(err, failed)
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	slices.Sort(waits)
	return waits, err
}

func look(ctx context.Context, s *stage, path string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, s.URL+path, nil)
	if err != nil {
		return err
	}
	req.Header.Set("Authorization", "Bearer "+s.Key)
	res, err := s.HTTP.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if _, err := io.Copy(io.Discard, res.Body); err != nil {
		return err
	}
	if res.StatusCode != http.StatusOK || res.Request.URL.Path == "/sign-in" {
		return fmt.Errorf("%s: %s at %s", path, res.Status, res.Request.URL.Path)
	}
	return nil
}
