using System.Text.Json.Serialization;

namespace Typed.Cli.Tests.Declared;

/// <summary>A stream with enums wherever one may stand.</summary>
[EventStream(Name = "shop.payments")]
public partial record Payment(
    State State, State? Maybe, PaymentPart Inner, List<PaymentPart> Inners, List<State> History, Dictionary<string, State> ByKey, PaymentTree Tree, Means Means, Flags Flags, string Text);

public record PaymentPart(State State);

public record PaymentTree(State Kind, List<PaymentTree> Children);

[JsonDerivedType(typeof(Card), "card")]
[JsonDerivedType(typeof(Cash), "cash")]
public abstract record Means;

public record Card(State Brand) : Means;

public record Cash : Means;

public enum State
{
    Paid,
    Refunded,
}

[Flags]
public enum Flags
{
    None = 0,
    C = 1,
    D = 2,
}
