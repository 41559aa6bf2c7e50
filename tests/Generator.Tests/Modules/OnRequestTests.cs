using Typed.Generator.Tests.Harness;

namespace Typed.Generator.Tests.Modules;

/// <summary>An assembly whose types wait until they are asked for: nothing of them is in use where it is only referenced.</summary>
public class OnRequestTests
{
    private const string Hint = "Assembly-TypedModule.g.cs";

    private const string Series = """[Typed.TimeSeries(Type = Typed.SeriesType.Count, Intervals = ["hour: 1h"])] public partial class """;

    private const string Watching = $"[assembly: Typed.TypedModuleOnRequest] namespace Watch; {Series} Tick;";

    private const string Application = $$"""
        using Microsoft.EntityFrameworkCore;
        using Microsoft.EntityFrameworkCore.Infrastructure;
        using Microsoft.EntityFrameworkCore.Metadata;
        using Typed;

        public class ShopDb(DbContextOptions options) : DbContext(options)
        {
            protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddTyped();
        }

        public class WatchedDb(DbContextOptions options) : DbContext(options)
        {
            protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddTyped(Watch.TypedModule.Instance);
        }

        {{Series}} Sale;

        public static class Program
        {
            public static string[] Mapped() => Tables(options => new ShopDb(options));

            public static string[] Asked() => Tables(options => new WatchedDb(options));

            public static Task<string[]> OpenAsync() => RunAsync(_ => { });

            public static Task<string[]> OpenAskedAsync() => RunAsync(o => o.Include(Watch.TypedModule.Instance));

            public static Task<string[]> OpenOnlyAsync() => RunAsync(o => o.Include(Watch.TypedModule.Instance).Only<Sale>());

            private static string[] Tables(Func<DbContextOptions, DbContext> make)
            {
                using var db = make(new DbContextOptionsBuilder().UseSqlite("Data Source=:memory:").Options);
                return [.. db.GetService<IDesignTimeModel>().Model.GetEntityTypes().Select(entity => entity.GetTableName()!).Order()];
            }

            private static async Task<string[]> RunAsync(Action<TypedOptionsBuilder> configure)
            {
                await using var store = await TypedStore.OpenAsync(o => configure((TypedOptionsBuilder)o.UseSqlite("Data Source=:memory:")));
                await using var db = store.CreateDbContext();
                return [.. db.Model.GetEntityTypes().Select(entity => entity.GetTableName()!).Where(table => !table.StartsWith("typed_")).Order()];
            }
        }
        """;

    private static readonly GeneratorRun s_watching = Compile.Run(new TypedGenerator(), CompileOptions.Default with { AssemblyName = "Watch" }, Watching);

    [Fact]
    public void Its_module_says_so_and_registers_nothing()
    {
        var module = s_watching.AssertClean().Outputs[Hint];

        Assert.Contains("[assembly: global::Typed.TypedModuleAttribute(typeof(global::Watch.TypedModule), IsOnRequest = true)]", module, StringComparison.Ordinal);
        Assert.Contains("public override bool IsOnRequest => true;", module, StringComparison.Ordinal);
        Assert.DoesNotContain("Register(", module, StringComparison.Ordinal);
    }

    [Fact]
    public void Assemblies_that_reference_it_do_not_list_it() => Assert.DoesNotContain(
        "Watch", Run($"{Series} Sale;", s_watching).Outputs[Hint], StringComparison.Ordinal);

    // The engine of its database has to be known to a store all the same.
    [Fact]
    public void An_application_that_declares_nothing_has_a_module_for_its_engines()
    {
        var engine = Compile.Run(
            new TypedGenerator(), CompileOptions.Default with { AssemblyName = "Paper" }, "[assembly: Typed.TypedEngine(typeof(Paper.Engine))] namespace Paper { public sealed class Engine; }");

        var module = Compile.Run(new TypedGenerator(), CompileOptions.Default with { Libraries = [s_watching, engine] }, "public class Program;").Outputs[Hint];

        Assert.Contains("Register<global::Paper.Engine>();", module, StringComparison.Ordinal);
        Assert.Empty(Run("public class Program;", s_watching).Outputs);
    }

    [Fact]
    public async Task Its_types_are_added_to_those_in_use_where_it_is_named()
    {
        var web = CompileOptions.Default with { AssemblyName = "Shop.Web", Engines = true, Libraries = [s_watching] };
        using var loaded = Compile.Run(new TypedGenerator(), web, Application).AssertClean().Load(ownRuntime: true);

        Assert.Equal(["sale_hour"], (string[])loaded.Call("Program", "Mapped")!);
        Assert.Equal(["sale_hour", "tick_hour"], (string[])loaded.Call("Program", "Asked")!);
        Assert.Equal(["sale_hour"], await (Task<string[]>)loaded.Call("Program", "OpenAsync")!);
        Assert.Equal(["sale_hour", "tick_hour"], await (Task<string[]>)loaded.Call("Program", "OpenAskedAsync")!);
        Assert.Equal(["sale_hour", "tick_hour"], await (Task<string[]>)loaded.Call("Program", "OpenOnlyAsync")!);
    }

    private static GeneratorRun Run(string source, params GeneratorRun[] libraries) =>
        Compile.Run(new TypedGenerator(), CompileOptions.Default with { Libraries = libraries }, source).AssertClean();
}
