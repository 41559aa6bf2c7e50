using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;

namespace Typed.Generator.Rules;

/// <summary>
/// Hears what is wrong with a declaration. Parsing is one walk for both sides: an analyzer passes problems on to the compiler, and so does the generator
/// where it can emit nothing.
/// </summary>
internal sealed class ProblemSink(Action<Diagnostic>? report)
{
    public static readonly ProblemSink Silent = new(null);

    public void Report(DiagnosticDescriptor rule, Location? location, params object[] arguments) =>
        Report(rule, location, ImmutableDictionary<string, string?>.Empty, arguments);

    /// <summary>Reports with properties, which a code fix reads.</summary>
    public void Report(DiagnosticDescriptor rule, Location? location, ImmutableDictionary<string, string?> properties, params object[] arguments) =>
        report?.Invoke(Diagnostic.Create(rule, location, properties, [.. arguments.Select(Interned)]));

    /// <summary>The compiler shows a diagnostic once, also where generator and analyzer report it; it compares arguments by reference.</summary>
    private static object Interned(object argument) => string.Intern(Convert.ToString(argument, CultureInfo.InvariantCulture) ?? "");
}
