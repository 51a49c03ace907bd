package insurance

import (
	"context"
	"net/http"

	"motorpool/functions/console/chore"
	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/attachment"
	"motorpool/shared/fault"
	"motorpool/shared/insurance"
)

// InsuranceClaimPage shows one claim, what it is on and where it stands.
var InsuranceClaimPage = api.Route{
	Name:    "console.insurance_claim_page",
	Method:  http.MethodGet,
	Path:    "/insurance-claims/{id}",
	Summary: "One claim",
	Allow:   access.ViewExpenses,
	Door:    api.SessionDoor,
	Handle:  page.Handler(insuranceClaimPage),
}

type insuranceClaimPageInput struct {
	ID  string `path:"id"`
	Did string `query:"did"`
	record.Uploads
}

type insuranceClaimPageView struct {
	look.Frame
	State      look.Badge
	Acts       []look.Act
	Facts      []look.Pair
	Links      []named
	What, Whom string
	Way        []look.Pair
	Documents  look.Kept
	Dialogs    []look.Dialog
}

// named is a link with what it leads to.
type named struct {
	Name string
	look.Link
}

var insuranceClaimPageTemplate = look.Page(files, "insurance_claim_page")

func insuranceClaimPage(ctx context.Context, c *api.Call, in insuranceClaimPageInput) (api.Answer, error) {
	claim, err := c.Insurance.ClaimOf(ctx, c.Actor, in.ID)
	if err != nil {
		return api.Answer{}, err
	}
	f, err := page.Frame(ctx, c, look.Frame{Title: claim.Line(), Section: "insurance", Crumbs: []look.Link{toPolicies, toClaims}, Toast: page.News(in.Did)})
	if err != nil {
		return api.Answer{}, err
	}
	self := record.ClaimPath(claim.ID)
	v := insuranceClaimPageView{Frame: f, State: claimBadge(claim.Stage), What: claim.Description, Whom: claim.OtherParty}
	v.Facts = chore.Pairs("Happened on", claim.IncidentOn.String(), "Where", claim.Place, "Number", claim.Number, "Asked for", page.Money(claim.Claimed),
		"Excess", page.Money(claim.Excess), "The insurer paid", page.Money(claim.Settled))
	v.Way = chore.Pairs("Opened", f.Exact(claim.Created).Text, "Lodged", f.Exact(claim.LodgedAt).Text, "Decided", f.Exact(claim.DecidedAt).Text,
		"Settled", f.Exact(claim.SettledAt).Text, "Closed", f.Exact(claim.ClosedAt).Text)
	if v.Links, err = claimLinks(ctx, c, claim); err != nil {
		return api.Answer{}, err
	}
	v.offer(claim)
	v.Documents, err = record.KeptOf(ctx, c, record.Keeping{
		Title: "Documents", Empty: "None yet: photos, the report of the police, letters of the insurer.", Purpose: attachment.Document, IDs: claim.Documents, Self: self, Under: self + "/documents",
		Edit: f.May(access.EditExpenses) && !claim.Over(),
	}, in.Uploads)
	if err != nil {
		return api.Answer{}, err
	}
	return page.Show(insuranceClaimPageTemplate, v)
}

// claimLinks are what a claim is on. The policy may be of vehicles that this
// reader does not see; it is not linked then.
func claimLinks(ctx context.Context, c *api.Call, claim *insurance.Claim) ([]named, error) {
	car, err := chore.TitlesOf(ctx, c)(claim.Asset)
	if err != nil {
		return nil, err
	}
	out := []named{{"Vehicle", car}}
	p, err := c.Insurance.Policy(ctx, c.Actor, claim.Policy)
	if err == nil {
		out = append(out, named{"Policy", look.Link{Text: p.Line(), To: record.PolicyPath(p.ID)}})
	} else if fault.KindOf(err) != fault.NotFound {
		return nil, err
	}
	if claim.Issue == "" {
		return out, nil
	}
	i, err := c.Issues.Issue(ctx, c.Actor, claim.Issue)
	if fault.KindOf(err) == fault.NotFound {
		return out, nil
	}
	if err != nil {
		return nil, err
	}
	return append(out, named{"Issue", look.Link{Text: i.Number + " " + i.Title, To: record.IssuePath(i.ID)}}), nil
}

// verbs are what takes a claim to a state, in words.
var verbs = map[insurance.Stage]look.Act{
	insurance.Lodged:    {Text: "Lodged with the insurer", Icon: "send", Tone: "main"},
	insurance.Approved:  {Text: "Approved", Icon: "check", Tone: "main"},
	insurance.Declined:  {Text: "Declined", Icon: "cross"},
	insurance.Settled:   {Text: "Settled", Icon: "check", Tone: "main"},
	insurance.Closed:    {Text: "Close", Icon: "archive"},
	insurance.Withdrawn: {Text: "Withdraw", Icon: "cross", Tone: "risky"},
}

// offer fills in what this reader may do with the claim as it stands.
func (v *insuranceClaimPageView) offer(claim *insurance.Claim) {
	if !v.May(access.EditExpenses) || claim.Over() {
		return
	}
	self := record.ClaimPath(claim.ID)
	v.Acts = []look.Act{{Text: "Edit", Icon: "edit", To: self + "/edit"}}
	for _, to := range claim.Next() {
		a := verbs[to]
		to := []look.Option{{Text: "to", Value: string(to)}}
		switch {
		case a.Text == "Settled":
			a.Dialog = "settle"
			v.Dialogs = append(v.Dialogs, look.Dialog{
				ID: "settle", Title: "What did the insurer pay?", Action: self + "/move", Do: "Settled", Hidden: to,
				Fields: []look.Field{{Name: "settled", Label: "Paid", Value: page.MoneyText(claim.Settled), Max: 30, Required: true, Placeholder: "AUD 3400.00"}},
			})
		case a.Tone == "risky":
			a.Dialog = "withdraw"
			v.Dialogs = append(v.Dialogs, look.Dialog{ID: "withdraw", Title: "Withdraw this claim?", Text: "It is over then, for good.", Action: self + "/move", Do: "Withdraw", Danger: true, Hidden: to})
		default:
			a.Post, a.Hidden = self+"/move", to
		}
		v.Acts = append(v.Acts, a)
	}
}
