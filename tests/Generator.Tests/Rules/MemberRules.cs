using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Typed.Generator.Tests.Harness;

namespace Typed.Generator.Tests.Rules;

/// <summary>The members of a point: their types, their number, their names.</summary>
public class MemberRules
{
    [Fact]
    public Task Every_supported_type_is_a_key_and_a_value()
    {
        string[] types =
        [
            "bool", "byte", "sbyte", "short", "ushort", "int", "uint", "long", "ulong", "float", "double", "decimal", "string", "Guid",
            "DateTime", "DateTimeOffset", "DateOnly", "TimeOnly", "TimeSpan", "byte[]", "DayOfWeek", "Tiny",
        ];
        var classes = types.Select((type, i) => $$"""
            [TimeSeries(Type = Set, Intervals = ["hour: 1h"])] public partial class C{{i}} { [SeriesKey] public required {{type}} Id { get; init; } [SeriesValue] public required {{type}} Number { get; init; } }
            """);
        return Rule.ExpectAsync($"public enum Tiny : sbyte {{ A }}\n{string.Join('\n', classes)}");
    }

    [Theory]
    [InlineData("int?", "int?")]
    [InlineData("string?", "string?")]
    [InlineData("byte[]?", "byte[]?")]
    [InlineData("char", "char")]
    [InlineData("object", "object")]
    [InlineData("int[]", "int[]")]
    [InlineData("byte[,]", "byte[*,*]")]
    [InlineData("Uri", "System.Uri")]
    [InlineData("Guid?", "System.Guid?")]
    [InlineData("(int, int)", "(int, int)")]
    [InlineData("DayOfWeek?", "System.DayOfWeek?")]
    [InlineData("ReadOnlyMemory<byte>", "System.ReadOnlyMemory<byte>")]
    [InlineData("System.Numerics.BigInteger", "System.Numerics.BigInteger")]
    [InlineData("Lookalike.Guid", "Lookalike.Guid")]
    public async Task Other_types_cannot_be_stored(string type, string shown)
    {
        var reported = await Expect($"[SeriesKey] public {type} [|Id|] {{ get; init; }} [SeriesKey] public int Good {{ get; init; }} [SeriesValue] public int Value {{ get; init; }}", "TYP1005");
        Assert.StartsWith($"'Id' is a {shown}, which cannot be a key: use bool,", reported[0].GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);

        await Expect($"[SeriesValue] public {type} [|Amount|] {{ get; init; }}", "TYP1005");
    }

    [Theory]
    [InlineData("Histogram", "double", "Digits = {|TYP1031:0|}")]
    [InlineData("Histogram", "double", "Digits = {|TYP1031:16|}")]
    [InlineData("Histogram", "decimal", "Digits = {|TYP1031:-1|}")]
    [InlineData("Histogram", "int", "Digits = {|TYP1031:2|}")]
    [InlineData("Histogram", "string", "Digits = {|TYP1031:2|}")]
    [InlineData("Gauge", "double", "Digits = {|TYP1031:2|}")]
    [InlineData("Summary", "double", "Digits = {|TYP1031:2|}")]
    [InlineData("Count", "decimal", "Digits = {|TYP1031:2|}")]
    [InlineData("Histogram", "double", "Digits = 1")]
    [InlineData("Histogram", "float", "Digits = 15")]
    [InlineData("Histogram", "decimal", "Digits = 2")]
    public Task Digits_belong_to_a_histogram_of_numbers_with_a_point(string series, string type, string digits) => Rule.ExpectAsync(
        $"[TimeSeries(Type = {series}, Intervals = [\"hour: 1h\"])] public partial class Order {{ [SeriesValue({digits})] public required {type} Amount {{ get; init; }} }}");

    [Theory]
    [InlineData("Histogram", "double", true)]
    [InlineData("Histogram", "float", true)]
    [InlineData("Histogram", "decimal", true)]
    [InlineData("Histogram", "int", false)]
    [InlineData("Set", "double", false)]
    [InlineData("Summary", "double", false)]
    public Task A_histogram_of_measured_numbers_hears_of_digits(string series, string type, bool reported) => Rule.ExpectAsync(
        $"[TimeSeries(Type = {series}, Intervals = [\"hour: 1h\"])] public partial record Order([property: SeriesValue] {type} {(reported ? "{|TYP1032:Amount|}" : "Amount")});");

    [Theory]
    [InlineData("string", true)]
    [InlineData("bool", true)]
    [InlineData("DateTimeOffset", true)]
    [InlineData("DayOfWeek", true)]
    [InlineData("ulong", false)]
    [InlineData("float", false)]
    public Task A_summary_is_of_numbers(string type, bool reported) => Rule.ExpectAsync(
        $"[TimeSeries(Type = Summary, Intervals = [\"hour: 1h\"])] public partial class Order {{ [SeriesValue] public required {type} {(reported ? "{|TYP1033:Amount|}" : "Amount")} {{ get; init; }} public static object Use(TypedStore store) => In(store).Hour.Last(3); }}");

    [Theory]
    [InlineData("Namespaced = {|TYP1034:true|}", "")]
    [InlineData("Namespaced = false", "")]
    [InlineData("Namespaced = true", "[SeriesKey] public required string Page { get; init; }")]
    public Task Namespaces_are_those_of_keys(string namespaced, string member) => Rule.ExpectAsync(
        $"[TimeSeries(Type = Count, Intervals = [\"hour: 1h\"], {namespaced})] public partial class Order {{ {member} }}");

    [Theory]
    [InlineData("true", "{|TYP1016:Namespace|}")]
    [InlineData("false", "Namespace")]
    public Task A_member_takes_no_column_of_the_namespace(string namespaced, string member) => Rule.ExpectAsync(
        $"[TimeSeries(Type = Count, Intervals = [\"hour: 1h\"], Namespaced = {namespaced})] public partial class Order {{ [SeriesKey] public required string Page {{ get; init; }} [SeriesKey] public required string {member} {{ get; init; }} }}");

    [Fact]
    public Task A_broken_key_member_leaves_the_others() => Rule.ExpectAsync(
        """
        [TimeSeries(Type = Count, Intervals = ["hour: 1h"])]
        public partial class Order
        {
            [SeriesKey] public Uri {|TYP1005:Page|} { get; init; } = null!;
            [SeriesKey] public int Region { get; init; }

            public static object For(TypedStore store) => In(store).Hour.For(new Key(Region: 1));
        }
        """);

    [Fact]
    public Task An_unknown_type_is_the_compilers_business() => Rule.ExpectAsync(
        "[TimeSeries(Type = Count, Intervals = [\"hour: 1h\"])] public partial class Order { [SeriesKey] public Unknown Id { get; init; } [SeriesTime] public Unknown At { get; init; } }", errors: "CS0246");

    [Theory]
    [InlineData("public partial class Order { [SeriesKey] private Kind [|Id|] { get; init; } [SeriesValue] public int Value { get; init; } private enum Kind { A } }")]
    [InlineData("public partial class Order : Base { [SeriesKey] private protected Kind [|Id|] { get; init; } [SeriesValue] public int Value { get; init; } } public class Base { protected enum Kind { A } }")]
    [InlineData("public partial class Order { [SeriesKey] internal Kind Id { get; init; } [SeriesValue] internal Kind Amount { get; init; } internal enum Kind { A } }")]
    public Task The_assembly_sees_its_types(string type) => Rule.ExpectAsync($"[TimeSeries(Type = Gauge, Intervals = [\"hour: 1h\"])] {type}", "TYP1021");

    [Theory]
    [InlineData("al", true)]
    [InlineData("al, global", false)]
    public async Task So_does_emitted_code_by_name(string aliases, bool isTold)
    {
        var library = Compile.Run(new TypedGenerator(), new CompileOptions { AssemblyName = "Library" }, "namespace Library; public enum Channel { Web }");

        var reported = await Analyze.ExpectAsync(
            Rule.Analyzers,
            """
            extern alias al;
            [Typed.TimeSeries(Type = Typed.SeriesType.Count, Intervals = ["hour: 1h"])]
            public partial class Order { [Typed.SeriesKey] public al::Library.Channel [|Channel|] { get; } [Typed.SeriesKey] public int Id { get; } public static object Use(Typed.TypedStore store) => In(store); }
            """.Replace("[|Channel|]", isTold ? "[|Channel|]" : "Channel", StringComparison.Ordinal),
            "TYP1021",
            new TypedGenerator(),
            new CompileOptions { Libraries = [library], LibraryAliases = aliases.Split(", ") });

        Assert.All(reported, one => Assert.EndsWith("known by an alias only: add global to the aliases of the reference to Library", one.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("string")]
    [InlineData("bool")]
    [InlineData("Guid")]
    [InlineData("TimeSpan")]
    [InlineData("DayOfWeek")]
    [InlineData("byte[]")]
    public Task A_count_adds_numbers(string type) => Rule.ExpectAsync(
        $"[TimeSeries(Type = Count, Intervals = [\"hour: 1h\"])] public partial class Order {{ [SeriesKey] public required int Id {{ get; init; }} [SeriesValue] public required {type} [|Amount|] {{ get; init; }} public static object Use(TypedStore store) => In(store).Hour.For(3); }}", "TYP1006");

    [Theory]
    [InlineData("Uri", "TYP1005")]
    [InlineData("Secret", "TYP1021")]
    [InlineData("Row", "TYP1015")]
    public Task Without_its_value_it_is_there_all_the_same(string type, string id) => Rule.ExpectAsync(
        $$"""
        public enum Row { A }
        [TimeSeries(Type = Count, Intervals = ["hour: 1h"])]
        public partial class Order
        {
            [SeriesKey] public required int Id { get; init; }
            [SeriesValue] private {{(id == "TYP1015" ? $"[|{type}|] Amount" : $"{type} [|Amount|]")}} { get; init; } = default!;
            private enum Secret { A }
            public static object Use(TypedStore store) => In(store).Hour.For(3);
        }
        """,
        id);

    [Theory]
    [InlineData("Histogram")]
    [InlineData("Gauge")]
    [InlineData("Set")]
    [InlineData("Series")]
    public Task Other_types_need_a_value(string type) => Rule.ExpectAsync($"[TimeSeries(Type = {type}, Intervals = [\"hour: 1h\"])] public partial class [|Order|];", "TYP1007");

    [Theory]
    [InlineData("[SeriesValue] public int A { get; init; } [SeriesValue] public int [|B|] { get; init; } [SeriesValue] public int [|C|] { get; init; }")]
    [InlineData("[SeriesTime] public DateTime A { get; init; } [SeriesTime] public DateTime [|B|] { get; init; } [SeriesValue] public int C { get; init; }")]
    public Task There_is_one_value_and_one_time(string members) => Expect(members, "TYP1008");

    [Theory]
    [InlineData("long")]
    [InlineData("DateOnly")]
    [InlineData("string?")]
    [InlineData("TimeSpan?")]
    public Task A_time_is_an_instant(string type) => Expect($"[SeriesTime] public {type} [|At|] {{ get; init; }} [SeriesValue] public int Amount {{ get; init; }}", "TYP1009");

    [Theory]
    [InlineData("DateTime")]
    [InlineData("DateTime?")]
    [InlineData("DateTimeOffset")]
    [InlineData("DateTimeOffset?")]
    public Task All_instants_are_times(string type) => Expect($"[SeriesTime] public {type} At {{ get; init; }} [SeriesValue] public int Amount {{ get; init; }}", "TYP1009");

    [Theory]
    [InlineData("Histogram", "Bucket", "its column 'bucket' is that of the start of a bucket")]
    [InlineData("Histogram", "Slot", "its column 'slot' is that of the start of a slot")]
    [InlineData("Histogram", "Count", "its column 'count' is that of the count of a value")]
    [InlineData("Histogram", "Amount", "its column 'amount' is that of the key 'AMOUNT'", "[SeriesKey] public int AMOUNT { get; init; }")]
    [InlineData("Gauge", "Time", "its column 'time' is that of the time of a value")]
    [InlineData("Series", "Time", "its column 'time' is that of the time of a point")]
    [InlineData("Series", "Sequence", "its column 'sequence' is that of the write order of points")]
    [InlineData("Gauge", "Xmin", "its column 'xmin' is that of every table in PostgreSQL")]
    [InlineData("Set", "CTID", "its column 'ctid' is that of every table in PostgreSQL")]
    [InlineData("Set", "Equals", "the emitted types have a member 'Equals' already", "\n#pragma warning disable CS0108\n")]
    [InlineData("Set", "ToString", "the emitted types have a member 'ToString' already", "\n#pragma warning disable CS0108, CS0114\n")]
    public async Task A_value_has_a_column_of_its_own(string type, string name, string why, string before = "")
    {
        var reported = await Expect($"{before} [SeriesValue] public int [|{name}|] {{ get; init; }}", "TYP1016", type);

        Assert.Equal($"'{name}' cannot be a value member, because {why}: rename it", reported[^1].GetMessage(CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("Histogram", "Time")]
    [InlineData("Histogram", "Sequence")]
    [InlineData("Gauge", "Count")]
    [InlineData("Set", "Value")]
    [InlineData("Set", "Key")] // without a key member no Key is emitted
    [InlineData("Series", "Bucket")]
    [InlineData("Series", "Slot")]
    [InlineData("Count", "Total")]
    public Task What_no_table_has_is_free(string type, string name) => Expect($"[SeriesValue] public int {name} {{ get; init; }}", "TYP1016", type);

    [Theory]
    [InlineData("public int [|Bucket|] { get; init; }")]
    [InlineData("public int [|value|] { get; init; }")] // the total of a Count without a value
    [InlineData("public int RouteId { get; init; } [SeriesKey] public int [|route_id|] { get; init; } [SeriesKey] public int [|ROUTE_ID|] { get; init; }")]
    [InlineData("public int [|CompareTo|] { get; init; }")]
    [InlineData("public new int [|GetHashCode|] { get; init; }")]
    public Task So_has_a_key(string member) => Rule.ExpectAsync(
        $"[TimeSeries(Type = Count, Intervals = [\"hour: 1h\"])] public partial class Order {{ [SeriesKey] {member} [SeriesKey] public int Good {{ get; init; }} }}", "TYP1016");

    [Theory]
    [InlineData("[SeriesKey] public int X; [SeriesKey] public int [|get_X|]; [SeriesKey] public int [|set_X|];")]
    [InlineData("[SeriesKey] public int get_X; [SeriesKey] public int [|X|];")]
    [InlineData("[SeriesKey] public int [|get_Bucket|];")]
    [InlineData("[SeriesKey] public int [|set_Value|];")] // the total
    [InlineData("[SeriesKey] public int get_; [SeriesKey] public int X_get_; [SeriesKey] public int GET_X; [SeriesKey] public int X;")]
    public Task Nor_may_it_be_an_accessor_of_another(string members) => Rule.ExpectAsync(
        $"[TimeSeries(Type = Count, Intervals = [\"hour: 1h\"])] public partial class Order {{ {members} [SeriesKey] public int Good {{ get; init; }} public static object Use(TypedStore store) => In(store).Hour; }}", "TYP1016");

    [Fact]
    public Task A_member_is_key_or_value() => Expect("[SeriesKey, SeriesValue] public int [|Amount|] { get; init; }", "TYP1016");

    [Theory]
    [InlineData("[SeriesKey, Obsolete(\"x\", true)] public int [|Id|] { get; init; }")]
    [InlineData("[SeriesKey] public int [|Id|] { [Obsolete(\"x\", true)] get; init; }")]
    [InlineData("[SeriesKey] public Channel [|Id|] { get; init; } [Obsolete(\"x\", error: true)] public enum Channel { Web }", "CS0619")]
    [InlineData("[SeriesTime, Obsolete(\"x\", true)] public DateTimeOffset [|At|] { get; init; }")]
    [InlineData("[SeriesKey, Obsolete(\"x\", false)] public int Id { get; init; } [Obsolete(\"x\", true)] public int Other { get; init; }")]
    public Task What_no_code_may_use_is_no_part_of_a_series(string members, params string[] errors) => Rule.ExpectAsync(
        $"[TimeSeries(Type = Count, Intervals = [\"hour: 1h\"])] public partial class Order {{ {members} }}", "TYP1026", errors);

    [Fact]
    public Task Nor_is_it_a_series() => Rule.ExpectAsync(
        "[TimeSeries(Type = Count, Intervals = [\"hour: 1h\"]), Obsolete(\"x\", true)] public partial class [|Order|];", "TYP1026");

    private static Task<ImmutableArray<Diagnostic>> Expect(string members, string id, string type = "Gauge") =>
        Rule.ExpectAsync($"namespace Lookalike {{ public struct Guid; }} [TimeSeries(Type = {type}, Intervals = [\"day: daily by 1h\"])] public partial class Order {{ {members} }}", id);
}
