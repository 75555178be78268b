package vcenter

import (
	"context"
	"crypto/tls"
	"fmt"
	"net/url"
	"os"

	"github.com/google/uuid"
	"github.com/vmware/govmomi/object"
	_ "github.com/vmware/govmomi/pbm/simulator"
	"github.com/vmware/govmomi/simulator"
	_ "github.com/vmware/govmomi/vapi/simulator"
	"github.com/vmware/govmomi/vim25"
	"github.com/vmware/govmomi/vim25/types"
)

// VCenter is a running simulator.
type VCenter struct {
	input    *Input
	model    *simulator.Model
	registry *simulator.Registry
	client   *vim25.Client // in this process
	server   *simulator.Server
	caFile   string

	book     *ledger
	policy   Policy
	faults   *faults
	browsers *browsers

	datacenter *object.Datacenter
	datastore  types.ManagedObjectReference
	clusters   []*cluster
	all        []*hostSite
	hosts      map[types.ManagedObjectReference]*hostSite
	templates  []Named
}

// Start builds what the input says and listens.
func Start(ctx context.Context, input *Input) (*VCenter, error) {
	v := &VCenter{
		input: input, model: simulator.VPX(), book: newLedger(), browsers: newBrowsers(), faults: newFaults(input.Faults),
		hosts: map[types.ManagedObjectReference]*hostSite{},
	}
	v.policy.set(policyChoice{Name: input.Policy, Seed: input.Seed})
	// Everything is built here, because the model's own names and hosts can't be chosen. Its distributed switch makes clones fail.
	v.model.Datacenter, v.model.Portgroup, v.model.Machine = 0, 0, 0
	about := &v.model.ServiceContent.About
	about.Version, about.ApiVersion, about.FullName = "8.0.2", "8.0.2.0", "VMware vCenter Server 8.0.2 (simulated)"
	if err := v.model.Create(); err != nil {
		return nil, err
	}
	v.registry = v.model.Map()
	client, err := vim25.NewClient(ctx, v.model.Service)
	if err != nil {
		return nil, err
	}
	v.client = client
	observer := &releaser{v: v}
	observer.Self = types.ManagedObjectReference{Type: "Releaser", Value: "releaser"}
	v.registry.AddHandler(observer)
	v.addDispatcher()
	if err := v.build(ctx); err != nil {
		return nil, err
	}
	return v, v.listen()
}

func (v *VCenter) build(ctx context.Context) error {
	datacenter, err := object.NewRootFolder(v.client).CreateDatacenter(ctx, v.input.Datacenter)
	if err != nil {
		return err
	}
	v.datacenter = datacenter
	folders, err := datacenter.Folders(ctx)
	if err != nil {
		return err
	}
	for _, input := range v.input.Clusters {
		if err := v.buildCluster(ctx, folders, input); err != nil {
			return fmt.Errorf("cluster %q: %w", input.Name, err)
		}
	}
	return nil
}

func (v *VCenter) listen() error {
	service := v.model.Service
	service.TLS = new(tls.Config)
	service.RegisterEndpoints = true
	service.Listen = &url.URL{Host: "127.0.0.1:0", User: url.UserPassword(v.input.User, v.input.Password)}
	v.server = service.NewServer()
	v.server.Config.Handler = v.faults.wrap(v.server.Config.Handler)
	var err error
	v.caFile, err = v.server.CertificateFile()
	return err
}

// Close ends it and removes its files.
func (v *VCenter) Close() {
	v.model.Remove()
	_ = os.Remove(v.caFile)
}

// context is for work that no client asked for.
func (v *VCenter) context() *simulator.Context {
	return &simulator.Context{Context: context.Background(), Map: v.registry, Session: &simulator.Session{
		UserSession: types.UserSession{Key: uuid.New().String(), UserName: "rig"}, Registry: simulator.NewRegistry(), Map: v.registry,
	}}
}
