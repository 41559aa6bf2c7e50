using Typed.Generator.Model;
using Typed.Generator.Model.Series;

namespace Typed.Generator.Emission.Series;

/// <summary>Emits the handles of a series, with typed inserts and a member per interval: one for a store, one for a context.</summary>
internal static class HandleEmitter
{
    private const string Result = "global::System.Threading.Tasks.ValueTask<global::Typed.InsertResult>";
    private const string Accepted = "global::System.Threading.Tasks.ValueTask";
    private const string Tail = "global::System.DateTimeOffset? at = null, global::System.Threading.CancellationToken cancellationToken = default";

    public static void Emit(SourceWriter writer, SeriesModel series, SeriesNames names)
    {
        var keyed = series.Keys.Count > 0;
        var baseType = keyed ? $"global::Typed.KeyedSeries<{names.Point}, {names.Key}, {names.Value}>"
            : $"global::Typed.UnkeyedSeries<{names.Point}, {names.Value}>";
        Open(
            writer, $"Writes and reads <see cref=\"{CSharp.Cref(names.Point)}\"/> in one store.",
            $"{series.Access} class {series.Names.Handle} : {baseType}", series.Names.Handle, names);
        for (var i = 0; i < series.Intervals.Count; i++)
        {
            Interval(writer, series.Intervals[i], i, keyed, names);
        }

        Inserts(writer, series, names);
        foreach (var interval in series.Intervals)
        {
            writer.Line();
            BucketEmitter.Emit(writer, series, interval);
        }

        writer.Close().Line();
        Context(writer, series, keyed, names);
    }

    /// <summary>The handle of a context has intervals that are LINQ queries too.</summary>
    private static void Context(SourceWriter writer, SeriesModel series, bool keyed, SeriesNames names)
    {
        var doc = $"Writes, reads and queries <see cref=\"{CSharp.Cref(names.Point)}\"/> in one context.";
        Open(writer, doc, $"{series.Access} sealed class {series.Names.ContextHandle} : {series.Names.Handle}", series.Names.ContextHandle, names);
        for (var i = 0; i < series.Intervals.Count; i++)
        {
            var interval = series.Intervals[i];
            var types = $"{names.Read}, {names.Statistics}, {names.Point}.{series.Names.Row}";
            var type = keyed ? $"global::Typed.QueryableInterval<{names.Key}, {types}>" : $"global::Typed.QueryableUnkeyedInterval<{types}>";
            writer.Line($"""

                /// <inheritdoc/>
                public new {type} {CSharp.Identifier(interval.Member)} => Queryable<{types}>({CSharp.Literal(i)});
                """);
        }

        writer.Close();
    }

    private static void Open(SourceWriter writer, string doc, string header, string name, SeriesNames names) =>
        writer.Line($"/// <summary>{doc}</summary>").Open(header).Line($$"""
            internal {{name}}({{names.Binding}} binding)
                : base(binding)
            {
            }
            """);

    private static void Interval(SourceWriter writer, IntervalModel interval, int index, bool keyed, SeriesNames names)
    {
        var type = keyed
            ? $"global::Typed.KeyedInterval<{names.Key}, {names.Read}, {names.Statistics}>"
            : $"global::Typed.UnkeyedInterval<{names.Read}, {names.Statistics}>";
        writer.Line($"""

            /// <summary>The interval <c>{CSharp.Xml(interval.Spec.ToString())}</c>.</summary>
            public {type} {CSharp.Identifier(interval.Member)} => Interval<{names.Read}, {names.Statistics}>({CSharp.Literal(index)});
            """);
    }

    private static void Inserts(SourceWriter writer, SeriesModel series, SeriesNames names)
    {
        if (series.Keys.Count > 0)
        {
            Insert(writer, series, names, [(series.Names.Key, "key", "The key.")], "key");
        }
        else
        {
            Insert(writer, series, names, [], "default");
        }

        if (series.Keys.Count > 1)
        {
            var keys = Parameters(series.Keys.Select(key => key.Name));
            Insert(
                writer,
                series,
                names,
                [.. series.Keys.Select((key, i) => (key.Type.Name, keys[i], $"The key member <c>{CSharp.Xml(key.Name)}</c>."))],
                $"new({string.Join(", ", keys)})");
        }
    }

    private static void Insert(SourceWriter writer, SeriesModel series, SeriesNames names, (string Type, string Name, string Doc)[] keys, string key)
    {
        List<string> parameters = [.. keys.Select(k => $"{k.Type} {k.Name}")];
        List<string> docs = [.. keys.Select(k => Doc(k.Name.TrimStart('@'), k.Doc))];
        var value = "1L";
        if (series.Value is { } member)
        {
            value = CSharp.Free("value", name => keys.Any(k => k.Name == name));
            parameters.Add($"{names.Value} {value}{(series.Kind == SeriesType.Count ? " = 1" : "")}");
            docs.Add(Doc(value, $"The value <c>{CSharp.Xml(member.Name)}</c>."));
        }

        Methods(writer, parameters, docs, $"{key}, {value}", "a point given by its parts");
        if (series.IsWeighted)
        {
            parameters.Add("long count");
            docs.Add(Doc("count", "How many points of that value it stands for, 1 or more."));
            Methods(writer, parameters, docs, $"{key}, {value}, count", "a point that stands for several");
        }
    }

    private static void Methods(SourceWriter writer, List<string> parameters, List<string> parts, string arguments, string what)
    {
        var signature = string.Join(", ", [.. parameters, Tail]);
        List<string> docs = [.. parts, Doc("at", "The point's time. Default: now.")];
        writer.Line().Line($"/// <summary>Writes {what}.</summary>").Line(string.Join("\n", docs)).Line($"""
            /// <param name="cancellationToken">Stops waiting.</param>
            /// <returns>How many intervals skipped the point because its bucket is dead.</returns>
            /// <exception cref="global::Typed.RejectedPointException">A member cannot be stored; nothing was written.</exception>
            /// <exception cref="global::Typed.WriteFailedException">The database refused or did not answer in time.</exception>
            public {Result} InsertAsync({signature}) => InsertPointAsync({arguments}, at, cancellationToken);
            """);
        writer.Line().Line($"/// <summary>Hands {what} to the store's background writer; never waits for the database.</summary>")
            .Line(string.Join("\n", docs)).Line($"""
            /// <param name="cancellationToken">Stops waiting for room.</param>
            /// <returns>Ends when the point is accepted.</returns>
            /// <exception cref="global::Typed.RejectedPointException">A member cannot be stored; the point is not accepted.</exception>
            public {Accepted} Post({signature}) => PostPoint({arguments}, at, cancellationToken);
            """);
    }

    private static string Doc(string parameter, string text) => $"/// <param name=\"{parameter}\">{text}</param>";

    /// <summary>Parameters in camelCase, none of them twice and none that the method has already.</summary>
    private static string[] Parameters(IEnumerable<string> members)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal) { "at", "cancellationToken" };
        return [.. members.Select(member => CSharp.Free(CSharp.Parameter(member), name => !taken.Add(name)))];
    }
}
