using System.Reflection;
using System.Reflection.Emit;
using Typed.Generated;
using Typed.Schema;
using Visit = Typed.Runtime.Tests.Streams.Stored.Visit;

namespace Typed.Runtime.Tests.Storage;

/// <summary>Two assemblies that compile one file declare two types of one name: errors tell them apart.</summary>
public class LinkedFileTests
{
    private static readonly string s_visit = typeof(Visit).FullName!;
    private static readonly Declaration s_twin = Twin();

    [Fact]
    public async Task A_store_does_not_open_with_both()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(async () => await TypedStore.OpenAsync(o => o.UseSqlite("Data Source=:memory:").Include(new Both())));

        Assert.Contains($"{s_visit} of assembly Twin (stream 'visit')", error.Message, StringComparison.Ordinal);
        Assert.Contains($"{s_visit} of assembly Typed.Runtime.Tests (stream 'visit')", error.Message, StringComparison.Ordinal);
        Assert.Contains("two assemblies compile", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_set_tells_the_one_it_has_from_the_one_asked_for()
    {
        var set = new DeclarationSet([Declarations.Stream<Visit>()]);

        Assert.Equal($"{s_visit} of assembly Twin", set.NameOf(s_twin.Type));
        Assert.Equal($"{s_visit} of assembly Typed.Runtime.Tests", set.List(s_twin.Type));
        Assert.Equal((s_visit, s_visit), (set.NameOf(typeof(Visit)), set.List(typeof(string))));
    }

    [Fact]
    public async Task A_model_that_has_one_does_not_have_the_other()
    {
        await using var store = await TypedStore.OpenAsync(o => o.Only<Visit>().UseSqlite("Data Source=:memory:"));
        await using var context = store.CreateDbContext();
        var definition = ((StreamDeclaration)s_twin).Definition;

        var error = Assert.Throws<InvalidOperationException>(() => ModelTables.Get(context.Model, store.TablesOf(typeof(Visit)).Dialect).Stream(definition));

        Assert.Contains($"{s_visit} of assembly Twin, but {s_visit} of assembly Typed.Runtime.Tests", error.Message, StringComparison.Ordinal);
    }

    private static StreamDeclaration Twin()
    {
        var module = AssemblyBuilder.DefineDynamicAssembly(new AssemblyName("Twin"), AssemblyBuilderAccess.Run).DefineDynamicModule("Twin");
        var type = module.DefineType(s_visit, TypeAttributes.Public | TypeAttributes.Class).CreateType();
        var visit = Declarations.Definition<Visit>();
        return new(new(type, typeof(Event<>).MakeGenericType(type), visit.Name, visit.Naming, visit.Body, visit.Follow, visit.Shape));
    }

    private sealed class Both : DeclarationModule
    {
        public override IReadOnlyList<Declaration> Declarations => [Generated.Declarations.Stream<Visit>(), s_twin];
    }
}
