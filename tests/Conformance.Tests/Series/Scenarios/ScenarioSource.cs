using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis.CSharp;

namespace Typed.Conformance.Tests.Series.Scenarios;

/// <summary>Writes, for each declaration, the class that a user would write and an adapter that calls what is emitted for it.</summary>
internal static class ScenarioSource
{
    public const string Namespace = "Typed.Scenarios";

    /// <summary>One source text for all of them.</summary>
    public static string Write(IReadOnlyDictionary<ScenarioDeclaration, string> classes)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $$"""
            using Typed;
            using Typed.Conformance.Tests.Series.Scenarios;

            namespace {{Namespace}};

            public sealed class ScenarioClasses : IScenarioClasses
            {
                public DeclarationModule Module => TypedModule.Instance;

                public IScenarioTarget In(TypedStore store, string className) => className switch
                {
            """);
        foreach (var name in classes.Values)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $$"""        "{{name}}" => new {{name}}Target({{name}}.In(store)),""");
        }

        text.AppendLine("        _ => throw new System.ArgumentOutOfRangeException(nameof(className), className, null),").AppendLine("    };").AppendLine("}");
        foreach (var (declaration, name) in classes)
        {
            text.AppendLine().AppendLine(Class(declaration, name)).AppendLine().AppendLine(Adapter(declaration, name));
        }

        return text.ToString();
    }

    private static string Class(ScenarioDeclaration declaration, string name) => $$"""
        [TimeSeries(Type = SeriesType.{{declaration.Type}}, Intervals = [{{string.Join(", ", declaration.Intervals.Select(Literal))}}])]
        public partial class {{name}}
        {
            [SeriesKey] public required string Name { get; init; }
            [SeriesValue] public required {{declaration.ValueType}} Value { get; init; }
            [SeriesTime] public DateTimeOffset At { get; init; }
        }
        """;

    private static string Adapter(ScenarioDeclaration declaration, string name) => $$"""
        public sealed class {{name}}Target : ScenarioTarget<{{name}}, {{name}}.Key, {{declaration.ValueType}}>
        {
            private readonly {{name}}.Handle _series;

            public {{name}}Target({{name}}.Handle series) : base(series)
            {
                _series = series;
                Intervals = new Dictionary<string, IIntervalTarget>
                {
                    {{string.Join("\n            ", declaration.Intervals.Select(Entry))}}
                };
            }

            public override IReadOnlyDictionary<string, IIntervalTarget> Intervals { get; }

            protected override {{name}}.Key Key(string name) => name;

            protected override string Name({{name}}.Key key) => key.Name;

            protected override {{name}} Point(string name, {{declaration.ValueType}} value, DateTimeOffset at) => new() { Name = name, Value = value, At = at };

            protected override ValueTask<InsertResult> InsertAsync(string name, {{declaration.ValueType}} value, DateTimeOffset at) => _series.InsertAsync(name, value, at);
        }
        """;

    private static string Entry(string interval)
    {
        var name = interval.Split(':')[0].Trim();
        return $"[{Literal(name)}] = Of(series.{char.ToUpperInvariant(name[0])}{name[1..]}),";
    }

    private static string Literal(string text) => SymbolDisplay.FormatLiteral(text, quote: true);
}
