package doithoai

// RegisterView is what an officer keeps of the register under a name of their own: its tab and filters, as the query of
// its address. It holds no words that were looked for.
type RegisterView struct {
	ID    ID
	Name  string
	Query string
}

// Bounds of what an officer keeps, in views, and in characters of a name and of a query.
const (
	MaxRegisterViews  = 12
	MaxRegisterName   = 40
	maxRegisterFilter = 400
)

// FieldRegisterView is the field in which a view gets its name.
const FieldRegisterView = "ten-bo-loc"

// Problems are the reasons why the view can't be kept beside those that the officer has: it has a name, and filters.
// One of the same name takes its place.
func (v RegisterView) Problems(had []RegisterView) []Problem {
	ps := problems{of: "register.view.problem."}
	switch {
	case v.Query == "" || len(v.Query) > maxRegisterFilter:
		ps.add(FieldRegisterView, "filter")
	case v.Name == "":
		ps.add(FieldRegisterView, "name")
	case !ps.long(FieldRegisterView, v.Name, MaxRegisterName):
		for _, h := range had {
			if h.Name == v.Name {
				return nil
			}
		}
		if len(had) >= MaxRegisterViews {
			ps.add(FieldRegisterView, "many", "max", MaxRegisterViews)
		}
	}
	return ps.list
}
