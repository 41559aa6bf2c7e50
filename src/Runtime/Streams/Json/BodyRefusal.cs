namespace Typed.Streams.Json;

/// <summary>Why a body is not stored, and where.</summary>
/// <param name="Path">JSON names (<see cref="string"/>) and indexes (<see cref="int"/>) from the body inwards; empty: the body itself.</param>
/// <param name="Reason">What was found there.</param>
internal sealed record BodyRefusal(object[] Path, string Reason);

/// <summary>Ends the walk that looks for the member at fault. Never leaves the library.</summary>
internal sealed class BodyRefusedException(BodyRefusal refusal) : Exception(refusal.Reason)
{
    public BodyRefusal Refusal { get; } = refusal;
}
