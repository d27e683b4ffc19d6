package main

import (
	"context"
	"runtime/debug"
	"runtime/metrics"
	"time"
)

const (
	memoryLook = 15 * time.Second
	memoryMost = 24 << 20 // bytes of the heap that a quiet program may keep without need
)

// giveMemoryBack gives memory back to the system when nobody has asked for much for a while, until ctx ends. In the
// morning each sign-in takes 19 MiB for the hash of its password; a program that then waits collects nothing, and would
// keep it all day on a computer that others use too.
func giveMemoryBack(ctx context.Context) {
	tick := time.NewTicker(memoryLook)
	defer tick.Stop()
	samples := []metrics.Sample{
		{Name: "/gc/cycles/total:gc-cycles"},
		{Name: "/memory/classes/heap/objects:bytes"}, // live ones, and dead ones that were not collected yet
		{Name: "/memory/classes/heap/free:bytes"},
		{Name: "/gc/heap/live:bytes"}, // at the last collection
	}
	var before uint64
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		metrics.Read(samples)
		cycles, kept := samples[0].Value.Uint64(), samples[1].Value.Uint64()+samples[2].Value.Uint64()
		if quiet := cycles == before; quiet && kept > samples[3].Value.Uint64()+memoryMost {
			debug.FreeOSMemory()
			metrics.Read(samples)
			cycles = samples[0].Value.Uint64()
		}
		before = cycles
	}
}
