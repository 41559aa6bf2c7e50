using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Typed.Generator.Parsing;

/// <summary>Hears what is wrong with a declaration. The generator listens to nothing; the analyzers report.</summary>
internal abstract class ProblemSink
{
    public static readonly ProblemSink Silent = new SilentSink();

    public void Report(DiagnosticDescriptor rule, Location? location, params object[] arguments) =>
        Report(rule, location, ImmutableDictionary<string, string?>.Empty, arguments);

    /// <summary>Reports with properties, which a code fix reads.</summary>
    public abstract void Report(DiagnosticDescriptor rule, Location? location, ImmutableDictionary<string, string?> properties, params object[] arguments);

    private sealed class SilentSink : ProblemSink
    {
        public override void Report(DiagnosticDescriptor rule, Location? location, ImmutableDictionary<string, string?> properties, params object[] arguments)
        {
            // A rule lives in an analyzer; the generator only leaves out what is broken.
        }
    }
}
