using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Typed.Generator.Rules;

/// <summary>
/// Hears what is wrong with a declaration. Parsing is one walk for both sides: an analyzer passes problems on to the compiler, the generator hears nothing
/// and leaves out what is broken.
/// </summary>
internal sealed class ProblemSink(Action<Diagnostic>? report)
{
    public static readonly ProblemSink Silent = new(null);

    public void Report(DiagnosticDescriptor rule, Location? location, params object[] arguments) =>
        Report(rule, location, ImmutableDictionary<string, string?>.Empty, arguments);

    /// <summary>Reports with properties, which a code fix reads.</summary>
    public void Report(DiagnosticDescriptor rule, Location? location, ImmutableDictionary<string, string?> properties, params object[] arguments) =>
        report?.Invoke(Diagnostic.Create(rule, location, properties, arguments));
}
