package doc

// node is a part of the document as those get it who don't see it: the tree that a tagged PDF carries.
type node struct {
	role         role
	alt          string
	across, down int  // of a cell
	ofRow        bool // of a cell that is a heading: of its row
	kids         []*node
	marks        []mark
}

// mark is content of a node: the id-th marked content of a page.
type mark struct{ page, id int }

func (n *node) child(r role) *node {
	k := &node{role: r}
	n.kids = append(n.kids, k)
	return k
}
