using Typed.Generator.Model;
using Typed.Generator.Model.Series;

namespace Typed.Generator.Emission.Series;

/// <summary>Emits the methods that lead to a series, and the members through which the runtime reads points.</summary>
internal static class EntryEmitter
{
    private const string Context = "global::Microsoft.EntityFrameworkCore.DbContext";

    public static void Emit(SourceWriter writer, SeriesModel series, SeriesNames names)
    {
        var (parameter, argument, doc, error) = series.IsNamespaced
            ? (", string seriesNamespace = \"default\"", ", seriesNamespace",
                "\n/// <param name=\"seriesNamespace\">The namespace: a closed set of keys.</param>",
                "\n/// <exception cref=\"global::System.ArgumentException\">"
                    + "The namespace is not of 1 to 200 ASCII letters, digits, '_', '.' and '-'.</exception>")
            : ("", "", "", "");
        writer.Line($"""
            /// <summary>The series in a store: write with <c>InsertAsync</c>, read through its intervals.</summary>
            /// <param name="store">An open store.</param>{doc}{error}
            /// <exception cref="global::System.InvalidOperationException">The store does not hold this type.</exception>
            /// <exception cref="global::System.ObjectDisposedException">The store is disposed.</exception>
            {series.Access} static {series.Names.Handle} {series.Names.In}(global::Typed.TypedStore store{parameter}) => new({names.Bind}(store{argument}));

            /// <summary>The series in the connection and transaction of a context that maps it; its intervals are LINQ queries too.</summary>
            /// <param name="context">A store's context, or the application's own with <c>modelBuilder.AddTyped()</c>.</param>{doc}{error}
            /// <exception cref="global::System.InvalidOperationException">The context's model does not map this type.</exception>
            {CSharp.NeedsLinq}
            {series.Access} static {series.Names.ContextHandle} {series.Names.In}({Context} context{parameter}) => new({names.Bind}(context{argument}));

            static global::Typed.Generated.SeriesDefinition {names.Interface}.Definition => {names.Definition}.Value;

            static {names.Key} {names.Interface}.KeyOf({names.Point} point) => {Key(series)};

            static {names.Value} {names.Interface}.ValueOf({names.Point} point) => {Value(series)};

            static global::System.DateTimeOffset? {names.Interface}.TimeOf({names.Point} point) => {Time(series)};

            static {names.Plan} {names.Interface}.Plan(global::Typed.Generated.ModelTables tables) =>
                {Builder(series, names)}
            """);
        foreach (var interval in series.Intervals)
        {
            writer.Line($"        .Interval<{series.Names.Handle}.{interval.Bucket}>()");
        }

        writer.Line("        .Build();");
    }

    private static string Key(SeriesModel series) => series.Keys.Count == 0
        ? "default"
        : $"new({string.Join(", ", series.Keys.Select(Member))})";

    private static string Value(SeriesModel series)
    {
        if (series.Value is not { } value)
        {
            return "1L";
        }

        if (!value.IsRead)
        {
            return "default!";
        }

        var member = Member(value);
        return series.Kind is SeriesType.Count or SeriesType.Summary && value.Type.Name == "ulong"
            ? $"global::Typed.Generated.Totals.Narrow({member}, {CSharp.Literal(value.Name)})"
            : member;
    }

    private static string Member(MemberModel member) => $"point.{CSharp.Identifier(member.Name)}";

    private static string Time(SeriesModel series)
    {
        if (series.Time is not { } time)
        {
            return "null";
        }

        var member = $"point.{CSharp.Identifier(time.Name)}";
        return time.IsDateTime ? $"global::Typed.Generated.Times.OfUtc({member}, {CSharp.Literal(time.Name)})" : member;
    }

    private static string Builder(SeriesModel series, SeriesNames names)
    {
        var arguments = $"{names.Point}, {names.Key}, {names.Value}, {series.Combined.Column}";
        return "global::Typed.Generated.SeriesPlans." + series.Kind switch
        {
            SeriesType.Count => $"Count<{arguments}>(tables)",
            SeriesType.Summary => $"SummaryOf{series.Combined.Category}s<{names.Point}, {names.Key}>(tables)",
            SeriesType.Gauge => $"Gauge<{arguments}, {names.Statistics}, {names.Read}>(tables, {names.StatisticsFactory}, static value => value)",
            _ => $"{series.Kind}<{arguments}, {names.Statistics}>(tables, {names.StatisticsFactory})",
        };
    }
}
