using Typed.Generator.Tests.Harness;
using static Typed.Generator.Tests.Consumers.Consumer;

namespace Typed.Generator.Tests.Consumers;

/// <summary>Names that clash with keywords, with emitted locals, with namespaces and with each other.</summary>
public class NameTests
{
    /// <summary>Every parameter, local and member that emitted code has, so that a member of the same name meets it.</summary>
    private static readonly string[] s_names =
    [
        "@event", "@class", "@default", "@this", "@value", "record", "@field", "@file", "required", "scoped", "args", "_", "other", "order", "row", "ordinal", "obj", "left", "right",
        "key", "keys", "arrays", "parameters", "guard", "at", "at_", "cancellationToken", "value_", "point", "tables", "binding", "store", "instant", "hash", "Handle_", "global",
        "System", "Typed", "FormattableString", "HashCode", "Equal", "Read", "Write", "WriteAll", "Accept", "Key_", "Ärende", "ärende2", "価格", "İ", "ı",
    ];

    [Theory]
    [InlineData("1", 1)]
    [InlineData("2", 1)]
    [InlineData("1", 3)]
    [InlineData("2", 3)]
    public Task Members_may_have_any_name(string mark, int keys)
    {
        var names = s_names.Where(name => name != "@value" || mark == "2").ToArray(); // the column of a total
        var classes = names.Select((name, i) =>
        {
            var others = Enumerable.Range(1, keys - 1).Select(k => names[(i + k) % names.Length]);
            var members = others.Prepend(name).Select(member => $"[global::Typed.SeriesKey] public string {member};");
            var value = mark == "2" ? "[global::Typed.SeriesValue] public double Amount { get; set; }" : "";
            return $"@{mark} public partial class C{i} {{ {string.Join(' ', members)} {value} }}";
        });
        return CheckAsync(Declare(string.Join('\n', classes)));
    }

    [Fact]
    public Task Values_and_times_may_too() => CheckAsync(Declare(string.Join('\n', s_names.Select((name, i) =>
        $"@2 public partial class V{i} {{ [Typed.SeriesValue] public long {name}; }} @1 public partial class T{i} {{ [Typed.SeriesTime] public DateTime {name}; }}"))));

    [Fact]
    public Task Intervals_may_too()
    {
        string[] intervals =
        [
            "event", "class", "new", "_", "__", "x", "X1", "key", "row", "in", "start", "system", "typed", "global", "binding", "bucket", "slot", "count", "at", "equal", "ärende", "価格", "iş", "ID",
            .. s_names.Where(name => name[0] != '@' && name is not "keys"), // a member of the handle
        ];
        var list = string.Join(", ", intervals.Distinct(StringComparer.OrdinalIgnoreCase).Select(name => $"\"{name}: 1m\", \"{name}_fine: daily by 1h\""));
        return CheckAsync($$"""
            [Typed.TimeSeries(Type = Typed.SeriesType.Count, Intervals = [{{list}}])]
            public partial class Order
            {
                [Typed.SeriesKey] public int Id { get; set; }

                public static object Use(Typed.TypedStore store) => In(store).Event.For(new Key(1)).Last(3);
            }
            """);
    }

    [Theory]
    [InlineData("namespace Shop.System; @1 public partial class Order { [Typed.SeriesKey] public Guid Id; } public class Guid2;")]
    [InlineData("namespace Shop.System.Typed { public class Task; } namespace Shop.Typed { @1 public partial class Order { [global::Typed.SeriesKey] public string Id; } }")]
    [InlineData("namespace Shop { public class Typed; public class System; @1 public partial class Order { [global::Typed.SeriesKey] public string Id; } }")]
    [InlineData("namespace Shop { @1 public partial class Typed { [global::Typed.SeriesKey] public string Id; } }")]
    [InlineData("namespace Shop { public partial class Typed { @1 public partial class System { [global::Typed.SeriesKey] public string Id; } } }")]
    [InlineData("namespace Typed { @1 public partial class Order { [SeriesKey] public string Id; } }")]
    [InlineData("namespace Typed.Generated.Shop { @2 public partial class Column { [SeriesKey] public string Id; [SeriesValue] public int Value; } }")]
    [InlineData("namespace Typed.Storage { public class TextColumn2; } namespace System.Shop { @1 public partial class Order { [Typed.SeriesKey] public String Id; } }")]
    [InlineData("namespace @namespace.@class { @1 public partial class @struct { [Typed.SeriesKey] public string @string; } }")]
    [InlineData("namespace Shop { public class String; public class Guid; public class DateTimeOffset; public class Key; public class Handle; public class Row; public class Int32; @1 public partial class Order { [Typed.SeriesKey] public string Id; } }")]
    [InlineData("@1 partial class Order { [Typed.SeriesKey] public string Id; } public class Order_Definition; public class Minute; public class MinuteBucket;")]
    [InlineData("namespace Ångström.Größe { @1 public partial class Überweisung { [Typed.SeriesKey] public string Straße; } }")]
    public Task Namespaces_and_types_may_look_like_others(string source) => CheckAsync(Declare(source));

    [Fact]
    public Task A_class_may_be_named_as_what_stands_for_a_type() => CheckAsync(
        """
        #pragma warning disable CS8981, CS1591
        using Typed;
        using static Typed.SeriesType;

        public class var;
        public class dynamic;

        [TimeSeries(Type = Count, Intervals = ["hour: 1h", "day: daily by 1h"])]
        public partial class Visits { [SeriesKey] public int Site { get; } [SeriesKey] public System.Guid Page { get; } public static object Use(TypedStore store) => In(store).Hour.For(new Key(1, default)); }

        [TimeSeries(Type = Histogram, Intervals = ["hour: 1h", "day: daily by 1h"])]
        public partial class Waits { [SeriesKey] public string Route { get; } [SeriesValue] public double Value { get; } [SeriesTime] public System.DateTime? At { get; } }

        [TimeSeries(Type = Gauge, Intervals = ["hour: 1h", "day: daily by 1h"])]
        public partial class Load { [SeriesValue] public decimal Value { get; } }

        [TimeSeries(Type = Set, Intervals = ["hour: 1h", "day: daily by 1h"])]
        public partial class Guests { [SeriesKey] public long Site { get; } [SeriesValue] public string Value { get; } }

        [TimeSeries(Type = Series, Intervals = ["hour: 1h", "day: daily by 1h"])]
        public partial class Points { [SeriesKey] public bool Site { get; } [SeriesValue] public float Value { get; } [SeriesTime] public System.DateTimeOffset At { get; } }
        """);

    [Fact]
    public Task Two_types_may_differ_by_case_only() => CheckAsync(Declare(
        "namespace Shop { @1 public partial class Order { [Typed.SeriesKey] public string Id; } @2 public partial class ORDER { [Typed.SeriesValue] public int Id; } public partial class order { @1 public partial struct Id; @1 public partial struct id; } }"));

    [Theory]
    [InlineData("Shop", "namespace Shop { @1 public partial class Order; }")]
    [InlineData("Order", "@1 public partial class Order;")] // the assembly's name is a type's
    [InlineData("Shop.Orders.Web", "namespace Shop { @1 public partial class Orders; }")]
    [InlineData("Shop.Orders.Web", "namespace Shop { @1 public partial struct Orders; } public interface Orders_; public class Shop_; namespace Shop.Orders_ { public enum Web { } }")]
    [InlineData("Shop", "namespace Shop { @1 public partial class Order; public class TypedModule; }")]
    [InlineData("Shop", "namespace Shop.TypedModule { @1 public partial class Order; }")]
    [InlineData("Typed", "@1 public partial class Order;")]
    [InlineData("System", "@1 public partial class Order;")]
    [InlineData("System.String", "@1 public partial class Order;")]
    [InlineData("1st-class app.event", "@1 public partial class Order;")]
    [InlineData("..", "@1 public partial class Order;")]
    [InlineData("Ångström", "@1 public partial class Order;")]
    public Task An_assembly_may_have_any_name(string name, string source) => CheckAsync(Declare(source), new CompileOptions { AssemblyName = name });

    [Theory]
    [InlineData("Console", "Console_", "public static void Use() => Console.WriteLine(1);")]
    [InlineData("Timer", "Timer_", "public static object Use() => new Timer(_ => { });")] // of a using that the project has for all files
    [InlineData("Console.App", "Console_.App", "public static void Use() => Console.WriteLine(1);")]
    [InlineData("My.Random", "My.Random_", "public static object Use() => Random.Shared;")]
    [InlineData("My.System", "My.System_", "public static object Use() => System.Random.Shared;")]
    [InlineData("My.Clerk", "My.Clerk_", "public static object Use() => new Clerk();")]
    [InlineData("Count", "Count_", "")]
    [InlineData("My.Gauge", "My.Gauge_", "")]
    [InlineData("Console", "Console", "public static void Use() => global::System.Console.WriteLine(1);", "namespace Console { public class Mine; }")] // the project's own
    [InlineData("My", "My", "public static object Use() => Random.Shared;")]
    [InlineData("My.Shop", "My.Shop", "public static object Use() => Random.Shared;")]
    [InlineData("My.Shop.Random", "My.Shop.Random", "public static object Use() => Random.Shared;")] // no code sees it
    [InlineData("My.List", "My.List", "public static object Use() => new List<int>();")] // generic
    [InlineData("My.SR", "My.SR", "")] // internal to assemblies of the framework
    public async Task The_module_takes_no_name_from_code(string name, string place, string member, string more = "")
    {
        var space = name.StartsWith("My", StringComparison.Ordinal) ? "My" : "Other";
        var source = $$"""
            {{more}}
            namespace Others { public class Clerk; }
            namespace {{space}}
            {
                using Others;
                using Typed;
                using static Typed.SeriesType;

                [TimeSeries(Type = Count, Intervals = ["hour: 1h"])] public partial class Order { {{member}} }
                [TimeSeries(Type = Gauge, Intervals = ["hour: 1h"])] public partial class Last { [SeriesValue] public int Value { get; } }
            }
            @1 public partial class Sale { {{member.Replace("Clerk", "Others.Clerk", StringComparison.Ordinal)}} }
            """;

        var run = await CheckAsync(Declare(source), new CompileOptions { AssemblyName = name });

        Assert.Contains($"typeof(global::{place}.TypedModule)", run.Outputs["Assembly-TypedModule.g.cs"], StringComparison.Ordinal);
        Assert.DoesNotContain(run.Problems, problem => problem.Id != "CS1591");
    }
}
