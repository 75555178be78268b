package vcenter

import (
	"cmp"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"hash/fnv"
	"slices"
	"sync"
)

const (
	PolicyFirst  = "first"
	PolicySpread = "spread"
	PolicyRandom = "random"
)

// Policy decides which of the hosts that can take a VM gets it. Chance is a hash of the VM's name, not of the order of calls:
// Terraform's varies.
type Policy struct {
	mu sync.Mutex
	policyChoice
}

type policyChoice struct {
	Name    string            `json:"policy"`
	Seed    uint64            `json:"seed"`
	Choices map[string]Choice `json:"choices"`
}

// Choice prescribes where one VM goes.
type Choice struct {
	Host    string   `json:"host"`
	Devices []string `json:"devices"`
}

// option is a host that can take a VM, with the devices it would get.
type option struct {
	host         *hostSite
	devices      []string
	freeMatching int
	freeMemoryMb int64
}

func checkPolicy(name string) error {
	switch name {
	case PolicyFirst, PolicySpread, PolicyRandom:
		return nil
	}
	return fmt.Errorf("found the policy %q, wanted first, spread or random", name)
}

func (p *Policy) set(next policyChoice) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.policyChoice = next
}

func (p *Policy) current() policyChoice {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.policyChoice
}

// order sorts the options, the best first.
func (p policyChoice) order(vm string, options []option) {
	slices.SortStableFunc(options, func(a, b option) int {
		switch p.Name {
		case PolicySpread:
			return cmp.Or(
				cmp.Compare(b.freeMatching, a.freeMatching), cmp.Compare(b.freeMemoryMb, a.freeMemoryMb), cmp.Compare(a.host.name, b.host.name),
			)
		case PolicyRandom:
			return cmp.Compare(p.chance(vm, a.host.name), p.chance(vm, b.host.name))
		}
		return cmp.Compare(a.host.index, b.host.index)
	})
}

// orderDevices sorts a host's devices, those to be taken first first.
func (p policyChoice) orderDevices(vm string, devices []hostDevice) {
	slices.SortFunc(devices, func(a, b hostDevice) int {
		if p.Name == PolicyRandom {
			if c := cmp.Compare(p.chance(vm, a.address), p.chance(vm, b.address)); c != 0 {
				return c
			}
		}
		return cmp.Compare(a.address, b.address)
	})
}

func (p policyChoice) chance(parts ...string) uint64 {
	h := fnv.New64a()
	fmt.Fprint(h, p.Seed)
	for _, part := range parts {
		fmt.Fprintf(h, "\x00%s", part)
	}
	// FNV alone is too regular for short texts that differ at their end.
	x := h.Sum64()
	x ^= x >> 33
	x *= 0xff51afd7ed558ccd
	x ^= x >> 33
	return x
}

func randomPassword() string {
	bytes := make([]byte, 12)
	_, _ = rand.Read(bytes) // never fails, says its documentation
	return "Rig-" + hex.EncodeToString(bytes)
}
