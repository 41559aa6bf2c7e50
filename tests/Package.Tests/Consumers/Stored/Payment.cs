using Typed;

namespace Stored;

[EventStream(Name = "shop.payments")]
internal sealed partial record Payment(State State, List<Part> Parts);

internal sealed record Part(State? State);

internal enum State
{
    Paid,
    Refunded,
}
