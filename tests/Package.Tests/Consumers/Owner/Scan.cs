using Typed;

namespace Owner;

// Nothing of it can be queried.
[EventStream(Name = "owner.scans")]
internal sealed partial record Scan(Dictionary<string, int> Counts);
