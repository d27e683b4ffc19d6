package ui

import (
	"encoding/json"
	"strings"

	"github.com/a-h/templ"
)

type labelOption struct {
	textOption
	For           string
	IsPageHeading bool
}

func (o labelOption) label() Label {
	return Label{
		Text: string(o.Text), Rich: rich(o.HTML), For: o.For, Classes: o.Classes, IsPageHeading: o.IsPageHeading,
		Attrs: o.Attributes.attrs(),
	}
}

type hintOption struct {
	textOption
	ID string
}

func (o hintOption) hint() Hint {
	return Hint{Text: string(o.Text), Rich: rich(o.HTML), ID: o.ID, Classes: o.Classes, Attrs: o.Attributes.attrs()}
}

type errorOption struct {
	textOption
	ID                 string
	VisuallyHiddenText *string
}

// message is the error; GOV.UK's own prefix is "Error".
func (o errorOption) message() ErrorMessage {
	prefix := "Error"
	if o.VisuallyHiddenText != nil {
		prefix = *o.VisuallyHiddenText
	}
	if o.Text == "" && o.HTML == "" {
		return ErrorMessage{}
	}
	return ErrorMessage{
		Text: string(o.Text), Rich: rich(o.HTML), Prefix: prefix, ID: o.ID, Classes: o.Classes, Attrs: o.Attributes.attrs(),
	}
}

type legendOption struct {
	Text, HTML, Classes string
	IsPageHeading       bool
}

func (o legendOption) legend() Legend {
	return Legend{Text: o.Text, Rich: rich(o.HTML), Classes: o.Classes, IsPageHeading: o.IsPageHeading}
}

type fieldsetOption struct {
	Legend      legendOption
	DescribedBy string
	Role        string
	Classes     string
	Attributes  attributesOption
	HTML        string
}

type groupOption struct{ Classes string }

type fieldOption struct {
	ID, Name, DescribedBy, Classes string
	Label                          labelOption
	Hint                           hintOption
	ErrorMessage                   errorOption
	FormGroup                      groupOption
	Attributes                     attributesOption
}

func (o fieldOption) field() Field {
	return Field{
		Name: o.Name, ID: o.ID, Label: o.Label.label(), Hint: o.Hint.hint(), Error: o.ErrorMessage.message(),
		DescribedBy: o.DescribedBy, Classes: o.Classes, GroupClasses: o.FormGroup.Classes, Attrs: o.Attributes.attrs(),
	}
}

type inputOption struct {
	fieldOption
	Value, Spellcheck                                      scalar
	Type, Inputmode, Autocomplete, Autocapitalize, Pattern string
	Prefix, Suffix                                         struct{ Text string }
}

type textareaOption struct {
	fieldOption
	Value        string
	Rows         int
	Autocomplete string
	Spellcheck   scalar
}

func (o textareaOption) textarea() Textarea {
	return Textarea{
		Field: o.field(), Value: o.Value, Rows: o.Rows, Autocomplete: o.Autocomplete, Spellcheck: string(o.Spellcheck),
	}
}

type countOption struct {
	textareaOption
	Maxlength                                         int
	Threshold                                         int
	TextareaDescriptionText                           string
	CharactersUnderLimitText, CharactersOverLimitText struct{ One, Other string }
	CharactersAtLimitText                             string
}

type choiceOption struct {
	ID, Name   string
	Value      scalar
	Text, HTML string
	Hint       hintOption
	Label      struct {
		Classes    string
		Attributes attributesOption
	}
	Conditional struct{ HTML string }
	Checked     bool
	Disabled    bool
	Behaviour   string
	Divider     string
	Attributes  attributesOption
}

func (o choiceOption) choice() Choice {
	return Choice{
		Value: string(o.Value), Text: o.Text, Rich: rich(o.HTML), Hint: o.Hint.hint(), Conditional: rich(o.Conditional.HTML),
		Checked: o.Checked, Disabled: o.Disabled, ID: o.ID, Name: o.Name, Exclusive: o.Behaviour == "exclusive",
		LabelClasses: o.Label.Classes, LabelAttrs: o.Label.Attributes.attrs(), Attrs: o.Attributes.attrs(),
		Divider: o.Divider,
	}
}

type choicesOption struct {
	Name, IDPrefix, DescribedBy, Classes string
	Value                                string
	Values                               []string
	Fieldset                             fieldsetOption
	Hint                                 hintOption
	ErrorMessage                         errorOption
	FormGroup                            groupOption
	Attributes                           attributesOption
	Items                                []choiceOption
}

func (o choicesOption) choices() []Choice {
	var out []Choice
	for _, i := range o.Items {
		out = append(out, i.choice())
	}
	return out
}

func (o choicesOption) describedBy() string { return o.DescribedBy + o.Fieldset.DescribedBy }

func (o choicesOption) set() Fieldset {
	return Fieldset{Classes: o.Fieldset.Classes, Attrs: o.Fieldset.Attributes.attrs()}
}

type linkOption struct {
	textOption
	Href               string
	VisuallyHiddenText string
}

func (o linkOption) link() Link {
	return Link{
		Text: string(o.Text), Rich: rich(o.HTML), Href: o.Href, Hidden: o.VisuallyHiddenText, Classes: o.Classes,
		Attrs: o.Attributes.attrs(),
	}
}

type cellOption struct {
	textOption
	Format           string
	Colspan, Rowspan int
}

func cells(options []cellOption) []Cell {
	var out []Cell
	for _, o := range options {
		out = append(out, Cell{
			Text: string(o.Text), Rich: rich(o.HTML), Numeric: o.Format == "numeric", Colspan: o.Colspan, Rowspan: o.Rowspan,
			Classes: o.Classes, Attrs: o.Attributes.attrs(),
		})
	}
	return out
}

type pageLinkOption struct {
	textOption
	Href, LabelText string
}

// pageLink has GOV.UK's own words where a fixture gives none.
func (o pageLinkOption) pageLink(word string) PageLink {
	if o.Href == "" {
		return PageLink{}
	}
	l := PageLink{Text: string(o.Text), Rich: rich(o.HTML), Label: o.LabelText, Href: o.Href, Attrs: o.Attributes.attrs()}
	if l.Text == "" && l.Rich == nil {
		l.Rich = templ.Raw(word + `<span class="govuk-visually-hidden"> page</span>`)
	}
	return l
}

var fixtureSuites = []fixtureSuite{
	{
		component: "back-link",
		build: build(func(o linkOption) templ.Component {
			return BackLink{
				Text: or(string(o.Text), "Back"), Rich: rich(o.HTML), Href: o.Href, Classes: o.Classes, Attrs: o.Attributes.attrs(),
			}
		}),
	},
	{
		component: "button",
		build: build(func(o struct {
			textOption
			ID, Name, Value, Type, Href string
			PreventDoubleClick          bool
		}) templ.Component {
			return Button{
				Text: string(o.Text), Rich: rich(o.HTML), ID: o.ID, Name: o.Name, Value: o.Value, Type: o.Type, Href: o.Href,
				Once: o.PreventDoubleClick, Classes: o.Classes, Attrs: o.Attributes.attrs(),
			}
		}),
	},
	{
		component: "checkboxes",
		build: build(func(o choicesOption) templ.Component {
			return Checkboxes{
				Name: o.Name, IDPrefix: o.IDPrefix, Values: o.Values, Legend: o.Fieldset.Legend.legend(), Hint: o.Hint.hint(),
				Error: o.ErrorMessage.message(), Items: o.choices(), DescribedBy: o.describedBy(), Classes: o.Classes,
				GroupClasses: o.FormGroup.Classes, Attrs: o.Attributes.attrs(), Fieldset: o.set(),
			}
		}),
	},
	{
		component: "radios",
		build: build(func(o choicesOption) templ.Component {
			return Radios{
				Name: o.Name, IDPrefix: o.IDPrefix, Value: o.Value, Legend: o.Fieldset.Legend.legend(), Hint: o.Hint.hint(),
				Error: o.ErrorMessage.message(), Items: o.choices(), DescribedBy: o.describedBy(), Classes: o.Classes,
				GroupClasses: o.FormGroup.Classes, Attrs: o.Attributes.attrs(), Fieldset: o.set(),
			}
		}),
	},
	{
		component: "character-count",
		build: build(func(o countOption) templ.Component {
			limit := or(o.TextareaDescriptionText, "You can enter up to %{count} characters")
			return CharacterCount{
				Textarea: o.textarea(), Max: o.Maxlength, Limit: strings.ReplaceAll(limit, "%{count}", count(o.Maxlength)),
				Threshold: o.Threshold, Under: Plural(o.CharactersUnderLimitText), AtLimit: o.CharactersAtLimitText,
				Over: Plural(o.CharactersOverLimitText),
			}
		}),
	},
	{
		component: "details",
		build: build(func(o struct {
			SummaryText, SummaryHTML, Text, HTML, ID, Classes string
			Open                                              bool
			Attributes                                        attributesOption
		}) templ.Component {
			return Details{
				Summary: o.SummaryText, RichSummary: rich(o.SummaryHTML), Text: o.Text, Body: rich(o.HTML), ID: o.ID, Open: o.Open,
				Classes: o.Classes, Attrs: o.Attributes.attrs(),
			}
		}),
	},
	{
		component: "error-message",
		build:     build(func(o errorOption) templ.Component { return o.message() }),
	},
	{
		component: "error-summary",
		build: build(func(o struct {
			TitleText, TitleHTML, DescriptionText, DescriptionHTML, Classes string
			DisableAutoFocus                                                bool
			ErrorList                                                       []linkOption
			Attributes                                                      attributesOption
		}) templ.Component {
			s := ErrorSummary{
				Title: o.TitleText, RichTitle: rich(o.TitleHTML), Description: o.DescriptionText,
				RichDescription: rich(o.DescriptionHTML), KeepFocus: o.DisableAutoFocus, Classes: o.Classes,
				Attrs: o.Attributes.attrs(),
			}
			for _, e := range o.ErrorList {
				s.Errors = append(s.Errors, ErrorItem{
					Text: string(e.Text), Rich: rich(e.HTML), Href: e.Href, Attrs: e.Attributes.attrs(),
				})
			}
			return s
		}),
	},
	{
		component: "fieldset",
		build: build(func(o fieldsetOption) templ.Component {
			return Fieldset{
				Legend: o.Legend.legend(), DescribedBy: o.DescribedBy, Role: o.Role, Classes: o.Classes,
				Attrs: o.Attributes.attrs(), Body: rich(o.HTML),
			}
		}),
	},
	{
		component: "file-upload",
		build: build(func(o struct {
			fieldOption
			Multiple bool
		}) templ.Component {
			return FileUpload{Field: o.field(), Multiple: o.Multiple}
		}),
	},
	{
		component: "footer",
		build: build(func(o struct {
			Meta struct {
				VisuallyHiddenTitle string
				Items               []linkOption
			}
			ContentLicence, Copyright json.RawMessage // dropped, see below
			Classes                   string
			Attributes                attributesOption
		}) templ.Component {
			f := Footer{Title: o.Meta.VisuallyHiddenTitle, Classes: o.Classes, Attrs: o.Attributes.attrs()}
			for _, i := range o.Meta.Items {
				f.Links = append(f.Links, i.link())
			}
			if len(f.Links) > 0 && f.Title == "" {
				f.Title = "Support links"
			}
			return f
		}),
		// The crown, the licence and the copyright belong to the British government.
		drop: []string{
			".govuk-footer__crown", ".govuk-footer__licence-logo", ".govuk-footer__licence-description",
			".govuk-footer__meta-item:has(.govuk-footer__copyright-logo)",
		},
	},
	{
		component: "generic-header",
		build: build(func(o struct {
			LogoText, LogoHTML, URL, Classes string
			Attributes                       attributesOption
		}) templ.Component {
			return GenericHeader{
				Name: o.LogoText, Rich: rich(o.LogoHTML), Href: o.URL, Classes: o.Classes, Attrs: o.Attributes.attrs(),
			}
		}),
	},
	{
		component: "hint",
		build:     build(func(o hintOption) templ.Component { return o.hint() }),
	},
	{
		component: "input",
		build: build(func(o inputOption) templ.Component {
			return Input{
				Field: o.field(), Value: string(o.Value), Type: o.Type, InputMode: o.Inputmode, Autocomplete: o.Autocomplete,
				Autocapitalize: o.Autocapitalize, Pattern: o.Pattern, Spellcheck: string(o.Spellcheck), Prefix: o.Prefix.Text,
				Suffix: o.Suffix.Text,
			}
		}),
	},
	{
		component: "inset-text",
		build: build(func(o hintOption) templ.Component {
			return InsetText{Text: string(o.Text), Body: rich(o.HTML), ID: o.ID, Classes: o.Classes, Attrs: o.Attributes.attrs()}
		}),
	},
	{
		component: "label",
		build:     build(func(o labelOption) templ.Component { return o.label() }),
	},
	{
		component: "language-navigation",
		build: build(func(o struct {
			AriaLabel  string
			Classes    string
			Attributes attributesOption
			Items      []struct {
				textOption
				Href, Lang, Dir, LanguageDescriptionText string
				Current                                  bool
			}
		}) templ.Component {
			n := LanguageNavigation{Label: or(o.AriaLabel, "Language"), Classes: o.Classes, Attrs: o.Attributes.attrs()}
			for _, i := range o.Items {
				n.Items = append(n.Items, Language{
					Text: string(i.Text), Rich: rich(i.HTML), Lang: i.Lang, Dir: i.Dir, Href: i.Href, Current: i.Current,
					Hidden: i.LanguageDescriptionText, Classes: i.Classes, Attrs: i.Attributes.attrs(),
				})
			}
			return n
		}),
	},
	{
		component: "notification-banner",
		build: build(func(o struct {
			textOption
			TitleText, TitleHTML, TitleID, Type, Role string
		}) templ.Component {
			title := or(o.TitleText, map[bool]string{true: "Success", false: "Important"}[o.Type == "success"])
			return NotificationBanner{
				Title: title, RichTitle: rich(o.TitleHTML), Text: string(o.Text), Body: rich(o.HTML), Success: o.Type == "success",
				TitleID: o.TitleID, Role: o.Role, Classes: o.Classes, Attrs: o.Attributes.attrs(),
			}
		}),
	},
	{
		component: "pagination",
		build: build(func(o struct {
			Previous, Next pageLinkOption
			LandmarkLabel  string
			Classes        string
			Attributes     attributesOption
			Items          []struct {
				Number             scalar
				Href               string
				VisuallyHiddenText string
				Current, Ellipsis  bool
			}
		}) templ.Component {
			p := Pagination{
				Label: or(o.LandmarkLabel, "Pagination"), Previous: o.Previous.pageLink("Previous"), Next: o.Next.pageLink("Next"),
				Classes: o.Classes, Attrs: o.Attributes.attrs(),
			}
			for _, i := range o.Items {
				p.Items = append(p.Items, PageItem{
					Number: string(i.Number), Label: or(i.VisuallyHiddenText, "Page "+string(i.Number)), Href: i.Href,
					Current: i.Current, Ellipsis: i.Ellipsis,
				})
			}
			return p
		}),
	},
	{
		component: "select",
		build: build(func(o struct {
			fieldOption
			Value scalar
			Items []struct {
				Value              scalar
				Text               string
				Selected, Disabled bool
				Attributes         attributesOption
			}
		}) templ.Component {
			s := Select{Field: o.field(), Value: string(o.Value)}
			for _, i := range o.Items {
				s.Options = append(s.Options, Option{
					Value: string(i.Value), Text: i.Text, Selected: i.Selected, Disabled: i.Disabled, Attrs: i.Attributes.attrs(),
				})
			}
			return s
		}),
	},
	{
		component: "service-navigation",
		build: build(func(o struct {
			NavigationLabel, NavigationID, Classes string
			CollapseNavigationOnMobile             bool
			Attributes                             attributesOption
			Navigation                             []struct {
				textOption
				Href            string
				Current, Active bool
			}
		}) templ.Component {
			n := ServiceNavigation{
				Label: or(o.NavigationLabel, "Menu"), ID: o.NavigationID, Classes: o.Classes, Attrs: o.Attributes.attrs(),
			}
			for _, i := range o.Navigation {
				n.Items = append(n.Items, NavItem{
					Text: string(i.Text), Rich: rich(i.HTML), Href: i.Href, Current: i.Current, Active: i.Active,
					Attrs: i.Attributes.attrs(),
				})
			}
			return n
		}),
		// Our menu wraps instead of folding behind a button, so that it needs no script.
		drop: []string{".govuk-service-navigation__toggle"},
	},
	{
		component: "skip-link",
		build: build(func(o linkOption) templ.Component {
			return SkipLink{
				Text: string(o.Text), Rich: rich(o.HTML), Href: o.Href, Classes: o.Classes, Attrs: o.Attributes.attrs(),
			}
		}),
	},
	{
		component: "summary-list",
		build: build(func(o struct {
			Rows []struct {
				Key, Value struct{ Text, HTML string }
				Actions    struct{ Items []linkOption }
				Classes    string
			}
			Classes    string
			Attributes attributesOption
		}) templ.Component {
			l := SummaryList{Classes: o.Classes, Attrs: o.Attributes.attrs()}
			for _, r := range o.Rows {
				row := SummaryRow{
					Key: r.Key.Text, RichKey: rich(r.Key.HTML), Value: r.Value.Text, RichValue: rich(r.Value.HTML), Classes: r.Classes,
				}
				for _, a := range r.Actions.Items {
					row.Actions = append(row.Actions, a.link())
				}
				l.Rows = append(l.Rows, row)
			}
			return l
		}),
	},
	{
		component: "table",
		build: build(func(o struct {
			Caption, CaptionClasses, Classes string
			Head                             []cellOption
			Rows                             [][]cellOption
			FirstCellIsHeader                bool
			Attributes                       attributesOption
		}) templ.Component {
			t := Table{
				Caption: o.Caption, CaptionClasses: o.CaptionClasses, Head: cells(o.Head), FirstCellIsHeader: o.FirstCellIsHeader,
				Classes: o.Classes, Attrs: o.Attributes.attrs(),
			}
			for _, r := range o.Rows {
				t.Rows = append(t.Rows, cells(r))
			}
			return t
		}),
	},
	{
		component: "tag",
		build: build(func(o textOption) templ.Component {
			return Tag{Text: string(o.Text), Rich: rich(o.HTML), Colour: Colour(o.Classes), Attrs: o.Attributes.attrs()}
		}),
	},
	{
		component: "textarea",
		build:     build(func(o textareaOption) templ.Component { return o.textarea() }),
	},
	{
		component: "warning-text",
		build: build(func(o struct {
			textOption
			IconFallbackText string
		}) templ.Component {
			return WarningText{
				Text: string(o.Text), Rich: rich(o.HTML), Prefix: or(o.IconFallbackText, "Warning"), Classes: o.Classes,
				Attrs: o.Attributes.attrs(),
			}
		}),
	},
}
