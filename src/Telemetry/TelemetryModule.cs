using Typed.Generated;

namespace Typed.Telemetry;

/// <summary>Some of the declared types of this assembly: those that one part of it writes, so that no other part's tables are made.</summary>
internal sealed class TelemetryModule(params Type[] types) : DeclarationModule
{
    public override IReadOnlyList<Declaration> Declarations { get; } = [.. TypedModule.Instance.Declarations.Where(declared => types.Contains(declared.Type))];

    public override bool IsOnRequest => true;
}
