package arch

import (
	"go/ast"
	"go/parser"
	"go/token"
	"testing"
)

// Pages are plain data: no struct of a site holds the request, by which a template could redirect or answer. They hold
// its *web.Reader.
func TestPagesHoldNoRequest(t *testing.T) {
	for folder, files := range goFiles(t) {
		for _, file := range files {
			f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(f, func(n ast.Node) bool {
				s, ok := n.(*ast.StructType)
				if !ok {
					return true
				}
				for _, field := range s.Fields.List {
					star, ok := field.Type.(*ast.StarExpr)
					if !ok {
						continue
					}
					if sel, ok := star.X.(*ast.SelectorExpr); ok && sel.Sel.Name == "Request" {
						if of, ok := sel.X.(*ast.Ident); ok && of.Name == "web" {
							t.Errorf("%s: a struct of package %s holds *web.Request; pages hold *web.Reader", file, importPath(folder))
						}
					}
				}
				return true
			})
		}
	}
}
