using System.Globalization;
using Typed.Generator.Tests.Harness;
using Typed.Generator.Tests.Rules;

namespace Typed.Generator.Tests.Streams;

/// <summary>Types of a reference that has an alias, and not <c>global</c> beside it: emitted code cannot name them.</summary>
public sealed class StreamReferenceTests
{
    private const string Remedy = "add global to the aliases of the reference to Library";

    private const string Library = """
        namespace Library;
        public enum Kind { A }
        public struct Mark { public int N { get; set; } }
        public record Item(int N);
        public class Plain { public int N { get; set; } public virtual int M { get; set; } }
        public class Late { public int N { get; init; } }
        public class Keeping { [System.Text.Json.Serialization.JsonExtensionData] public System.Collections.Generic.Dictionary<string, System.Text.Json.JsonElement>? More { get; init; } }
        """;

    private const string Head = "extern alias al; using System.Collections.Generic; using System.Text.Json.Serialization; using Typed;\n";

    [Theory]
    [InlineData("public partial record E(al::Library.Kind [|V|], int N);", "Kind is")]
    [InlineData("public partial class E { public required al::Library.Item [|V|] { get; init; } }", "Item is")]
    [InlineData("public partial record E(List<al::Library.Mark?> [|V|]);", "Mark is")]
    [InlineData("public partial record E(Page<al::Library.Item[]> [|V|]); public class Page<T>;", "Page<Item[]> is made of Item, which is")]
    [InlineData("public partial record E(Inner I); public class Inner { [JsonConstructor] private Inner(al::Library.Kind v) => V = v; public int N { get; set; } public al::Library.Kind [|V|] { get; } }", "Kind is")]
    public Task Cannot_be_held(string declaration, string fault) => ExpectAsync(declaration, "TYP2006", $": {fault} known by an alias only; {Remedy}");

    [Theory]
    [InlineData("public partial class [|E|] : al::Library.Late;", "emitted code reaches N through Late only, which is known by an alias")]
    [InlineData("public partial class [|E|] : al::Library.Plain { [JsonIgnore] public new string? N { get; set; } }", "emitted code reaches N through Plain only, which is known by an alias")]
    [InlineData("public partial class [|E|] : al::Library.Keeping;", "emitted code reaches More through Keeping only, which is known by an alias")]
    [InlineData("public partial class E { public [|E|](al::Library.Kind v = default) => V = v; [JsonIgnore] public al::Library.Kind V { get; } }", "the type of its parameter v is known by an alias only")]
    public Task Are_no_way_to_a_value(string declaration, string fault) => ExpectAsync(declaration, "TYP2008", $"E cannot be read back: {fault}; {Remedy}");

    [Theory]
    [InlineData("public partial class E : al::Library.Plain { public override int M { get; set; } [JsonIgnore] public al::Library.Item? Item { get; set; } }")]
    [InlineData("public partial record E(Inner I); public class Inner : al::Library.Plain { public new string? N { get; set; } }")]
    public Task May_stand_where_no_code_speaks_of_them(string declaration) => ExpectAsync(declaration, "TYP2006", "");

    [Fact]
    public Task Are_no_matter_where_global_is_there_too() =>
        ExpectAsync("public partial record E(al::Library.Kind V, al::Library.Mark M, Page<al::Library.Item[]> P) : al::Library.Item(1); public class Page<T> { public int N { get; set; } }", "TYP2006", "", "al", "global");

    private static async Task ExpectAsync(string declaration, string id, string message, params string[] aliases)
    {
        var library = Compile.Run(new TypedGenerator(), new CompileOptions { AssemblyName = "Library" }, Library);
        var options = new CompileOptions { Libraries = [library], LibraryAliases = aliases is [] ? ["al"] : aliases };

        var reported = await Analyze.ExpectAsync(Rule.Analyzers, $"{Head}[EventStream] {declaration}", id, new TypedGenerator(), options);

        Assert.All(reported, one => Assert.EndsWith(message, one.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal));
    }
}
