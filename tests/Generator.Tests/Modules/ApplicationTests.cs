using Typed.Generator.Tests.Harness;

namespace Typed.Generator.Tests.Modules;

/// <summary>An application that declares nothing has what its libraries declare; without any, a model and a store are refused, at design time too.</summary>
public class ApplicationTests
{
    private const string Library = """
        namespace Shop.Data;
        [Typed.TimeSeries(Type = Typed.SeriesType.Count, Intervals = ["hour: 1h"])] public partial class Sale;
        """;

    private const string Application = """
        using Microsoft.EntityFrameworkCore;
        using Microsoft.EntityFrameworkCore.Infrastructure;
        using Microsoft.EntityFrameworkCore.Metadata;
        using Typed;

        public class ShopDb(DbContextOptions<ShopDb> options) : DbContext(options)
        {
            protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddTyped();
        }

        public static class Program
        {
            /// <summary>As <c>dotnet ef migrations add</c> asks for it.</summary>
            public static string[] Tables()
            {
                using var db = new ShopDb(new DbContextOptionsBuilder<ShopDb>().UseSqlite("Data Source=:memory:").Options);
                return [.. db.GetService<IDesignTimeModel>().Model.GetEntityTypes().Select(entity => entity.GetTableName()!).Order()];
            }

            public static async Task<string[]> OpenAsync()
            {
                await using var store = await TypedStore.OpenAsync(o => o.UseSqlite("Data Source=:memory:"));
                await using var db = store.CreateDbContext();
                return [.. db.Model.GetEntityTypes().Select(entity => entity.GetTableName()!).Where(table => !table.StartsWith("typed_")).Order()];
            }
        }
        """;

    private static readonly CompileOptions s_web = CompileOptions.Default with { AssemblyName = "Shop.Web", Engines = true };

    [Fact]
    public async Task It_has_the_types_of_its_libraries()
    {
        var library = Compile.Run(new TypedGenerator(), CompileOptions.Default with { AssemblyName = "Shop.Data" }, Library);
        var between = Compile.Run(new TypedGenerator(), CompileOptions.Default with { AssemblyName = "Shop.Services", Libraries = [library] }, "public class Service;");
        using var loaded = Compile.Run(new TypedGenerator(), s_web with { Libraries = [library, between] }, Application).AssertClean().Load(ownRuntime: true);

        Assert.Equal(["sale_hour"], (string[])loaded.Call("Program", "Tables")!);
        Assert.Equal(["sale_hour"], await (Task<string[]>)loaded.Call("Program", "OpenAsync")!);
    }

    [Fact]
    public async Task Without_any_the_error_says_where_types_were_looked_for()
    {
        using var loaded = Compile.Run(new TypedGenerator(), s_web, Application).AssertClean().Load(ownRuntime: true);

        var model = Assert.Throws<InvalidOperationException>(() => loaded.Call("Program", "Tables"));
        var store = await Assert.ThrowsAsync<InvalidOperationException>(() => (Task)loaded.Call("Program", "OpenAsync")!);

        Assert.All([model, store], error => Assert.Contains("Shop.Web (it has no module)", error.Message, StringComparison.Ordinal));
        Assert.All([model, store], error => Assert.StartsWith("No declared type is in use, and migrations of an empty model would drop every table.", error.Message, StringComparison.Ordinal));
    }
}
