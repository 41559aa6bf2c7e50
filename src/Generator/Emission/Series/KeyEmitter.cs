using Typed.Generator.Model;
using Typed.Generator.Model.Series;

namespace Typed.Generator.Emission.Series;

/// <summary>Emits the key struct: the key members as one value, with its columns.</summary>
internal static class KeyEmitter
{
    public static void Emit(SourceWriter writer, SeriesModel series)
    {
        var (keys, type) = (series.Keys, series.Names.Key);
        var members = string.Join(", ", keys.Select(key => key.Name));
        writer.Line($"/// <summary>Names one stat of <see cref=\"{CSharp.Cref(series.Type.FullName)}\"/>: {CSharp.Xml(members)}.</summary>");
        var text = keys[0].Type.Kind == "Text" ? ", global::Typed.Generated.ITextKey" : "";
        writer.Open($"{series.Access} readonly struct {type} : {Interface(type)}{text}");
        Members(writer, keys, type);
        var space = series.IsNamespaced ? new NamespaceEmitter(keys, type) : null;
        space?.Members(writer);
        Equality(writer, keys, type, space);
        Columns(writer, keys, type, space);
        writer.Close();
    }

    private static void Members(SourceWriter writer, EquatableArray<MemberModel> keys, string type)
    {
        writer.Line("/// <summary>Makes a key of its members.</summary>");
        foreach (var key in keys)
        {
            writer.Line($"/// <param name=\"{key.Name}\">The key member.</param>");
        }

        writer.Open($"public {type}({string.Join(", ", keys.Select(key => $"{key.Type.Name} {CSharp.Identifier(key.Name)}"))})");
        foreach (var key in keys)
        {
            writer.Line($"{Self(key)} = {CSharp.Identifier(key.Name)};");
        }

        writer.Close();
        foreach (var key in keys)
        {
            writer.Line().Line($"/// <summary>The key member <c>{CSharp.Xml(key.Name)}</c>.</summary>");
            writer.Line($"public {key.Type.Name} {CSharp.Identifier(key.Name)} {{ get; }}");
        }

        if (keys.Count == 1)
        {
            writer.Line($"""

                /// <summary>The only member is the key.</summary>
                public static implicit operator {type}({keys[0].Type.Name} {CSharp.Identifier(keys[0].Name)}) => new({CSharp.Identifier(keys[0].Name)});
                """);
        }
    }

    private static void Equality(SourceWriter writer, EquatableArray<MemberModel> keys, string type, NamespaceEmitter? space)
    {
        var hash = Call(keys[0], "Hash", Self(keys[0]));
        foreach (var key in keys.Skip(1))
        {
            hash = $"unchecked(({hash}) * 397) ^ {Call(key, "Hash", Self(key))}";
        }

        hash += space?.Hash;

        writer.Line($"""

            /// <summary>Whether both name the same stat.</summary>
            public static bool operator ==({type} left, {type} right) => left.Equals(right);

            /// <summary>Whether they name different stats.</summary>
            public static bool operator !=({type} left, {type} right) => !left.Equals(right);

            /// <inheritdoc/>
            public bool Equals({type} other) => {space?.Equal}{string.Join(" && ", keys.Select(key => Call(key, "Equal", Self(key), Other(key))))};

            /// <inheritdoc/>
            public override bool Equals(object? obj) => obj is {type} other && Equals(other);

            /// <inheritdoc/>
            public override int GetHashCode() => {hash};

            /// <inheritdoc/>
            public override string ToString() => global::System.FormattableString.Invariant($"{string.Join(", ", keys.Select(key => $"{{{Self(key)}}}"))}");

            """);
        writer.Line("/// <summary>The order of the primary key.</summary>");
        writer.Open($"public int CompareTo({type} other)");
        writer.Line($"int order = {space?.Compare}{Call(keys[0], "Compare", Self(keys[0]), Other(keys[0]))};");
        foreach (var key in keys.Skip(1))
        {
            writer.Line($"order = order == 0 ? {Call(key, "Compare", Self(key), Other(key))} : order;");
        }

        writer.Line("return order;").Close().Line();
    }

    private static void Columns(SourceWriter writer, EquatableArray<MemberModel> keys, string type, NamespaceEmitter? space)
    {
        var first = space is null ? 0 : 1;
        var read = (space is null ? "" : NamespaceEmitter.Read) + string.Join(", ", keys.Select((key, i) => Call(key, "Read", "row", Ordinal(first + i))));
        writer.Line($"static {type} {Interface(type)}.Read(global::Typed.Generated.RowReader row, int ordinal) => new({read});").Line();
        var matches = keys.Select((key, i) =>
            Call(key, "Holds", "row", Ordinal(first + i), $"key.{CSharp.Identifier(key.Name)}"));
        var holds = space?.Holds + string.Join(" && ", matches);
        writer.Line($"static bool {Interface(type)}.Matches(global::Typed.Generated.RowReader row, int ordinal, in {type} key) => {holds};").Line();
        writer.Block($"static void {Interface(type)}.Write(global::Typed.Generated.ParameterWriter parameters, in {type} key)", inside =>
        {
            space?.Write(inside);
            foreach (var key in keys)
            {
                inside.Line($"{Call(key, "Write", "parameters", $"key.{CSharp.Identifier(key.Name)}")};");
            }
        }).Line();
        writer.Block($"static void {Interface(type)}.WriteAll(global::Typed.Generated.ArrayWriter arrays, global::System.ReadOnlySpan<{type}> keys)", inside =>
        {
            space?.WriteAll(inside);
            foreach (var key in keys)
            {
                inside.Line($"{Call(key, "WriteAll", "arrays", "keys", $"static (in {type} key) => key.{CSharp.Identifier(key.Name)}")};");
            }
        }).Line();
        var accept = string.Join(", ", keys
            .Select(key => $"guard.Accept<{key.Type.Name}, {key.Type.Column}>(key.{CSharp.Identifier(key.Name)}, {CSharp.Literal(key.Name)})"));
        writer.Block($"static {type} {Interface(type)}.Accept(in {type} key)", inside => inside
            .Line("global::Typed.Generated.KeyGuard guard = default;")
            .Line($"return new({space?.Given}{accept});"));
        space?.Interface(writer);
    }

    private static string Ordinal(int place) => place == 0 ? "ordinal" : $"ordinal + {CSharp.Literal(place)}";

    private static string Interface(string type) => $"global::Typed.Generated.ISeriesKey<{type}>";

    private static string Call(MemberModel key, string method, params string[] arguments) =>
        $"global::Typed.Generated.Column<{key.Type.Name}, {key.Type.Column}>.{method}({string.Join(", ", arguments)})";

    /// <summary>The member, never by its bare name, which a parameter or local may have too.</summary>
    private static string Self(MemberModel key) => $"this.{CSharp.Identifier(key.Name)}";

    private static string Other(MemberModel key) => $"other.{CSharp.Identifier(key.Name)}";
}
