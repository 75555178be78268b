package vcenter

// hostDevice is a device as a request sees it.
type hostDevice struct {
	address string
	id      pciID
	label   string
}

// deviceRequest is one dynamic device that a VM asks for, or one exact device (address given).
type deviceRequest struct {
	allowed []pciID
	label   string
	address string
}

func (r deviceRequest) takes(device hostDevice) bool {
	if r.address != "" {
		return r.address == device.address
	}
	if r.label != "" && r.label != device.label {
		return false
	}
	for _, id := range r.allowed {
		if id.allows(device.id) {
			return true
		}
	}
	return len(r.allowed) == 0
}

func (id pciID) allows(device pciID) bool {
	given := func(wanted, has int32) bool { return wanted < 0 || wanted == has }
	return id.vendor == device.vendor && id.device == device.device && given(id.subVendor, device.subVendor) &&
		given(id.subDevice, device.subDevice) && given(id.revision, device.revision)
}

// assign finds a device for every request, preferring devices that come earlier; nil when there is no way to serve them all.
func assign(requests []deviceRequest, devices []hostDevice) []string {
	owner := make([]int, len(devices)) // request + 1
	for i := range requests {
		if !augment(i, requests, devices, owner, make([]bool, len(devices))) {
			return nil
		}
	}
	addresses := make([]string, len(requests))
	for d, request := range owner {
		if request > 0 {
			addresses[request-1] = devices[d].address
		}
	}
	return addresses
}

// augment gives a request a device, moving other requests to other devices where that makes room.
func augment(request int, requests []deviceRequest, devices []hostDevice, owner []int, seen []bool) bool {
	for d, device := range devices {
		if seen[d] || !requests[request].takes(device) {
			continue
		}
		seen[d] = true
		if owner[d] == 0 || augment(owner[d]-1, requests, devices, owner, seen) {
			owner[d] = request + 1
			return true
		}
	}
	return false
}
