using Typed.Generator.Tests.Harness;

namespace Typed.Generator.Tests.Series;

/// <summary>What is emitted, one snapshot per feature. Combinations are compiled and run instead.</summary>
public class EmissionTests
{
    [Fact]
    public void Keyed_histogram_with_a_fine_zoned_interval() => Match("Shop.ResponseTime.g.cs", """
        using Typed;
        using static Typed.SeriesType;

        namespace Shop;

        [TimeSeries(Type = Histogram, Intervals = ["minute: 1m keep 240", "day: daily by 1h keep 90 in Europe/Paris"])]
        public partial class ResponseTime
        {
            [SeriesKey] public required string Route { get; init; }
            [SeriesValue] public required double Milliseconds { get; init; }
            [SeriesTime] public DateTimeOffset At { get; init; }
        }
        """);

    [Fact]
    public void Count_without_key_and_value() => Match("SignUp.g.cs", """
        using Typed;

        [TimeSeries(Type = SeriesType.Count, Intervals = ["month: monthly"])]
        partial record struct SignUp;
        """);

    [Fact]
    public void Several_keys_and_a_decimal_total() => Match("Shop.Revenue.g.cs", """
        using Typed;
        using static Typed.SeriesType;

        namespace Shop;

        internal enum Channel : byte { Web, Store }

        [TimeSeries(Type = Count, Name = "shop_revenue", Intervals = ["week: weekly by daily"])]
        public partial record Revenue([property: SeriesKey] string Region, [SeriesKey] byte[] Device, [SeriesValue] decimal Amount, [SeriesTime] DateTime? PaidAt)
        {
            [SeriesKey] internal Channel Channel { get; init; }
        }
        """);

    [Fact]
    public void Nested_in_containers() => Match("Shop.Reports.IDaily.Page.Hit.g.cs", """
        using Typed;

        namespace Shop.Reports;

        public partial interface IDaily
        {
            internal partial record struct Page
            {
                [TimeSeries(Type = SeriesType.Count, Intervals = ["hour: 1h"])]
                internal readonly partial struct Hit
                {
                    [SeriesKey] public required int @event { get; init; }
                    [SeriesValue] public required long Bytes { get; init; }
                }
            }
        }
        """);

    [Fact]
    public void Points_of_a_series() => Match("Trade.g.cs", """
        using Typed;

        [TimeSeries(Type = SeriesType.Series, Intervals = ["hour: 1h keep 24", "day: daily by 1h"])]
        public partial record Trade([SeriesKey] string Symbol, [SeriesValue] decimal Price);
        """);

    [Fact]
    public void Keys_in_namespaces() => Match("Hit.g.cs", """
        using Typed;

        [TimeSeries(Type = SeriesType.Count, Intervals = ["hour: 1h"], Namespaced = true)]
        public partial record Hit([SeriesKey] string Page, [SeriesKey] int _namespace, [SeriesValue] long Times);
        """);

    [Fact]
    public void Module_with_references()
    {
        GeneratorRun Library(string name) => Compile.Run(
            new TypedGenerator(), new CompileOptions { AssemblyName = name }, $"namespace {name}; [Typed.TimeSeries(Type = Typed.SeriesType.Count, Intervals = [\"hour: 1h\"])] public partial class Sale;");

        var run = Compile.Run(new TypedGenerator(), new CompileOptions { AssemblyName = "Shop.App", Libraries = [Library("Shop.Orders"), Library("Billing")] }, """
            [Typed.TimeSeries(Type = Typed.SeriesType.Count, Intervals = ["hour: 1h"])] partial class B;
            [Typed.TimeSeries(Type = Typed.SeriesType.Histogram, Intervals = ["hour: 1h"])] partial record A([Typed.SeriesKey] int Id, [Typed.SeriesValue] int Value);
            """).AssertClean();

        Snapshot.Match(run.Outputs["Assembly-TypedModule.g.cs"]);
    }

    private static void Match(string hint, string source, [System.Runtime.CompilerServices.CallerMemberName] string member = "") =>
        Snapshot.Match(Compile.Run(new TypedGenerator(), source).AssertClean().Outputs[hint], member: member);
}
