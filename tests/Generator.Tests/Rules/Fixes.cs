using Typed.CodeFixes;
using Typed.Generator.Analysis;
using Typed.Generator.Tests.Harness;

namespace Typed.Generator.Tests.Rules;

/// <summary>What an editor offers, for one squiggle and for all.</summary>
public class Fixes
{
    private const string Attribute = "[Typed.TimeSeries(Type = Typed.SeriesType.Count, Intervals = [\"hour: 1h\"])]";

    [Theory]
    [InlineData("@ public class {|TYP1001:Order|};", "@ public partial class Order;")]
    [InlineData("@ class {|TYP1001:Order|} { }", "@ partial class Order { }")]
    [InlineData("/* why */ @\n// what\nsealed /* how */ record {|TYP1001:Order|};", "/* why */ @\n// what\nsealed /* how */ partial record Order;")]
    [InlineData("@ public readonly record struct {|TYP1001:Order|};", "@ public readonly partial record struct Order;")]
    [InlineData("@ public readonly struct {|TYP1001:Order|};", "@ public readonly partial struct Order;")]
    [InlineData("public class {|TYP1002:Shop|} { public interface {|TYP1002:IDesk|} { @ public class {|TYP1001:Order|}; } }", "public partial class Shop { public partial interface IDesk { @ public partial class Order; } }")]
    [InlineData("public class {|TYP1002:Shop|} { public partial record Desk { @ public partial class Order; } }", "public partial class Shop { public partial record Desk { @ public partial class Order; } }", "TYP1002")]
    public Task A_type_is_made_partial_with_its_containers(string source, string expected, string id = "TYP1001") =>
        Fix.ExpectAsync(new SeriesAnalyzer(), new MakePartialFix(), Declared(source), Declared(expected), generator: new TypedGenerator(), id: id);

    [Theory]
    [InlineData("@ public record {|TYP2001:PageView|}(string Url);", "@ public partial record PageView(string Url);")]
    [InlineData("public class Shop { public interface IDesk { @ public partial class {|TYP2001:Sale|}; } }", "public partial class Shop { public partial interface IDesk { @ public partial class Sale; } }")]
    [InlineData("/* why */ @\n// what\nsealed /* how */ record {|TYP2001:Sale|};", "/* why */ @\n// what\nsealed /* how */ partial record Sale;")]
    public Task So_is_a_stream(string source, string expected) =>
        Fix.ExpectAsync(new StreamDeclarationAnalyzer(), new MakePartialFix(), Stream(source), Stream(expected), generator: new TypedGenerator());

    [Fact]
    public Task All_streams_are_made_partial_each_once() => Fix.ExpectAllAsync(
        new StreamDeclarationAnalyzer(),
        new MakePartialFix(),
        Stream("public class Shop { @ public class {|TYP2001:Order|}; @ public partial class {|TYP2001:Sale|}; public class Desk { @ public record {|TYP2001:Bill|}(int N); } } @ record {|TYP2001:Refund|};"),
        Stream("public partial class Shop { @ public partial class Order; @ public partial class Sale; public partial class Desk { @ public partial record Bill(int N); } } @ partial record Refund;"),
        new TypedGenerator());

    [Fact]
    public Task All_types_are_made_partial_each_once() => Fix.ExpectAllAsync(
        new SeriesAnalyzer(),
        new MakePartialFix(),
        Declared("public class {|TYP1002:{|TYP1002:{|TYP1002:Shop|}|}|} { @ public class {|TYP1001:Order|}; @ public partial class Sale; public class {|TYP1002:Desk|} { @ public class {|TYP1001:Bill|}; } } @ record {|TYP1001:Refund|};"),
        Declared("public partial class Shop { @ public partial class Order; @ public partial class Sale; public partial class Desk { @ public partial class Bill; } } @ partial record Refund;"),
        new TypedGenerator());

    [Theory]
    [InlineData("""["minute: 1m", "{|TYP1011:minute|}: 2m"]""", """["minute: 1m", "minute2: 2m"]""")]
    [InlineData("""["minute: 1m", @"  {|TYP1011:Minute|} :2m"]""", """["minute: 1m", @"  Minute2 :2m"]""")]
    [InlineData("""["minute9: 1m", "{|TYP1011:minute9|}: 2m", "minute10: 3m"]""", """["minute9: 1m", "minute2: 2m", "minute10: 3m"]""")]
    [InlineData("""["{|TYP1017:handle|}: 1m"]""", """["handle2: 1m"]""")]
    [InlineData("""["fiveMinutes: 5m", "{|TYP1018:five_minutes|}: 300s"]""", """["fiveMinutes: 5m", "five_minutes2: 300s"]""")]
    public Task An_interval_gets_a_free_name(string source, string expected) =>
        Fix.ExpectAsync(new SeriesAnalyzer(), new RenameIntervalFix(), Intervals(source), Intervals(expected), generator: new TypedGenerator());

    [Fact]
    public Task All_intervals_get_one_each() => Fix.ExpectAllAsync(
        new SeriesAnalyzer(),
        new RenameIntervalFix(),
        Intervals("""["m: 1m", "{|TYP1011:m|}: 2m", "{|TYP1011:M|}: 3m", "m2: 4m", "{|TYP1017:handle|}: 5m", "{|TYP1011:Handle|}: 6m"]"""),
        Intervals("""["m: 1m", "m3: 2m", "M4: 3m", "m2: 4m", "handle3: 5m", "Handle2: 6m"]"""),
        new TypedGenerator());

    [Theory]
    [InlineData("""["minute: 1m", {|TYP1011:Constants.Minute|}]""")]
    [InlineData("""["minute: 1m", "{|TYP1011:m\u0069nute|}: 2m"]""")]
    public Task A_name_that_is_not_written_there_is_not_replaced(string source) =>
        Fix.ExpectNoneAsync(new SeriesAnalyzer(), new RenameIntervalFix(), Intervals(source), new TypedGenerator());

    private static string Declared(string source)
    {
        var parts = source.Split('@');
        return parts[0] + string.Concat(parts.Skip(1).Select((part, i) => Attribute.Replace("Type =", $"Name = \"s{i}\", Type =", StringComparison.Ordinal) + part));
    }

    private static string Stream(string source) => source.Replace("@", "[Typed.EventStream]", StringComparison.Ordinal);

    private static string Intervals(string list) =>
        $"public static class Constants {{ public const string Minute = \"minute: 2m\"; }} {Attribute.Replace("[\"hour: 1h\"]", list, StringComparison.Ordinal)} public partial class Order;";
}
