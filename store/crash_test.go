package store

import "os"

const childEnv = "DOITHOAI_STORE_CHILD"

func childMain() { os.Exit(2) }
