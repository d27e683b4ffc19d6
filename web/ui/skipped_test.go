package ui

// skipped names the fixtures that our parts can't show, each with the reason. The
// test fails for an entry that would pass and for one that names no fixture.
var skipped = map[string]map[string]string{
	"button": {
		"disabled":                   noDisabled,
		"secondary disabled":         noDisabled,
		"warning disabled":           noDisabled,
		"inverse disabled":           noDisabled,
		"start":                      noStart,
		"start link":                 noStart,
		"start link with html":       noStart,
		"don't prevent double click": onlyIfAsked,
	},
	"character-count": {
		"custom classes on countMessage":                                plainMessage,
		"to configure in JavaScript":                                    limitKnown,
		"with count type 'characters'":                                  oneCount,
		"with count type 'characters' and error message":                oneCount,
		"with count type 'characters' and threshold":                    oneCount,
		"with count type 'characters' and value":                        oneCount,
		"with count type 'length'":                                      oneCount,
		"with count type 'words'":                                       oneCount,
		"with count type 'words' and error message":                     oneCount,
		"with count type 'words' and threshold":                         oneCount,
		"with count type 'words' and value":                             oneCount,
		"with maxwords":                                                 oneCount,
		"with neither maxlength, maxwords nor textarea description set": limitKnown,
		"with neither maxlength nor maxwords set":                       limitKnown,
		"with translations":                                             oneCount,
	},
	"checkboxes": {
		"empty conditional":             noFalse,
		"item checked overrides values": noThirdState,
		"with falsy values":             holes,
	},
	"error-summary": {
		"autofocus explicitly enabled": onlyIfAsked,
	},
	"file-upload": {
		"disabled": noDisabled,
		"enhanced": plainUpload,
		"enhanced, custom wrapper classes and attributes": plainUpload,
		"enhanced, multiple files":                        plainUpload,
		"enhanced, with error message and hint":           plainUpload,
		"translated":                                      plainUpload,
		"translated, no javascript enhancement":           plainUpload,
		"with value":                                      noFileValue,
	},
	"footer": {
		"Full GDS example":                            ownLines,
		"Three equal columns":                         oneColumn,
		"meta html as text":                           ownLines,
		"with container classes":                      oneWidth,
		"with custom meta":                            ownLines,
		"with default width navigation (one column)":  oneColumn,
		"with default width navigation (two columns)": oneColumn,
		"with empty meta":                             noEmptyTitle,
		"with empty meta items":                       noEmptyTitle,
		"with empty navigation":                       oneColumn,
		"with meta html":                              ownLines,
		"with meta links and meta content":            ownLines,
		"with navigation":                             oneColumn,
		"with navigation item attributes":             oneColumn,
		"with only custom meta":                       ownLines,
	},
	"generic-header": {
		"full width": oneWidth,
	},
	"input": {
		"disabled":                      noDisabled,
		"with customised input wrapper": plainAffix,
		"with prefix with attributes":   plainAffix,
		"with prefix with classes":      plainAffix,
		"with prefix with html":         plainAffix,
		"with suffix with attributes":   plainAffix,
		"with suffix with classes":      plainAffix,
		"with suffix with html":         plainAffix,
	},
	"notification-banner": {
		"auto-focus disabled, with type as success":           alwaysFocus,
		"auto-focus explicitly enabled, with type as success": alwaysFocus,
		"custom title heading level":                          oneLevel,
	},
	"radios": {
		"item checked overrides value": noThirdState,
		"with empty conditional":       noFalse,
		"with falsy items":             holes,
	},
	"select": {
		"item selected overrides value":      noThirdState,
		"without values":                     ownValue,
		"without values with selected value": ownValue,
	},
	"service-navigation": {
		"attributes":                       letterheadNames,
		"classes":                          letterheadNames,
		"inverse":                          letterheadNames,
		"inverse with language navigation": letterheadNames,
		"with `inline` end slot":           letterheadNames,
		"with a single navigation item":    letterheadNames,
		"with a single navigation item and collapseNavigationOnMobile set to true": letterheadNames,
		"with collapseNavigationOnMobile set to false":                             letterheadNames,
		"with custom aria-label":                                                   letterheadNames,
		"with custom navigation classes":                                           plainCells,
		"with custom navigation toggle label":                                      noMenuButton,
		"with custom navigation toggle text":                                       noMenuButton,
		"with custom navigation toggle text and navigation label":                  noMenuButton,
		"with identical navigation toggle text and label":                          noMenuButton,
		"with language navigation":                                                 letterheadNames,
		"with long service name":                                                   letterheadNames,
		"with right-aligned language navigation":                                   letterheadNames,
		"with service link":                                                        letterheadNames,
		"with service name":                                                        letterheadNames,
		"with service name and navigation":                                         letterheadNames,
		"with slotted content":                                                     letterheadNames,
	},
	"summary-list": {
		"actions with classes":                                     plainCells,
		"as a summary card extreme":                                noCards,
		"as a summary card with a custom header level":             noCards,
		"as a summary card with a html header":                     noCards,
		"as a summary card with a text header":                     noCards,
		"as a summary card with actions":                           noCards,
		"as a summary card with actions plus summary list actions": noCards,
		"key with classes":                                         plainCells,
		"overridden-widths":                                        plainCells,
		"summary card with custom attributes":                      noCards,
		"summary card with custom classes":                         noCards,
		"summary card with only 1 action":                          noCards,
	},
}

const (
	alwaysFocus     = "the result of an act always takes the focus"
	holes           = "the macro counts empty items when it numbers ids; a Go slice has none"
	letterheadNames = "the letterhead above names the authority and the service, so the menu has no name and no slots"
	limitKnown      = "our fields always know their limit"
	noCards         = "no cards: sections are ruled, as in a gazette"
	noDisabled      = "nothing is disabled: our pages say what is missing instead"
	noEmptyTitle    = "a title over no links would announce nothing"
	noFalse         = "an empty conditional is nil"
	noFileValue     = "browsers ignore the value of a file field"
	noMenuButton    = "the menu wraps instead of folding behind a button, so that it needs no script"
	noStart         = "no start button: the next step is an ordinary primary button"
	noThirdState    = "an item that is unchecked against the group's own value: a contradiction we don't offer"
	oneColumn       = "the footer of a small office has no columns of links"
	oneCount        = "limits are counted in characters, as the browser counts them"
	oneLevel        = "the title of a banner is an h2"
	oneWidth        = "one page width"
	onlyIfAsked     = "off unless asked for, so nothing writes \"false\""
	ownLines        = "what follows the links are our own paragraphs (tested by selector)"
	ownValue        = "an option always writes its value"
	plainAffix      = "a prefix or suffix is plain text"
	plainCells      = "no classes on single parts of it"
	plainMessage    = "no classes on the message"
	plainUpload     = "the browser's own file field works without script and in its language"
)
