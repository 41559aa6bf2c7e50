using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Typed.Generator.Tests.Harness;
using Typed.Generator.Tests.Rules;
using Typed.Tests.Harness.Databases;

namespace Typed.Generator.Tests.Docs;

/// <summary>
/// The recipes of a page in one library, every warning an error: a method for each, with a database of that kind in place of each SQLite file that it names.
/// One library, since EF Core would build its services anew for each.
/// </summary>
internal sealed partial class RecipeProgram
{
    private const string Usings = """
        using System.Text.Json;
        using System.Text.Json.Nodes;
        using Microsoft.EntityFrameworkCore;
        using Microsoft.Extensions.Time.Testing;
        using Typed;
        using static Typed.SeriesType;

        internal static class TestDatabases
        {
            public static Func<string, string> Of { get; set; } = name => name;

            internal static void Find(Func<string, string> of) => Of = of;
        }

        """;

    private static readonly CompileOptions s_options = new()
    {
        AssemblyName = "Example", Engines = true, WarningsAsErrors = true, NoWarn = ["CS1701", "CS1702"], // as the SDK has it
    };

    private readonly Lazy<LoadedAssembly> _assembly;

    private RecipeProgram(GeneratorRun run) => (_assembly, Compilation) = (new(() => run.AssertClean().Load(ownRuntime: true)), run.Compilation);

    public Compilation Compilation { get; }

    /// <summary>A method for each code, and the declarations that they share.</summary>
    /// <param name="codes">The bodies of the methods.</param>
    /// <param name="declarations">What stands beside them.</param>
    /// <param name="kind"><c>Sqlite</c> or <c>Npgsql</c>.</param>
    public static RecipeProgram Of(IReadOnlyList<string> codes, string declarations, string kind)
    {
        var source = new StringBuilder(Usings).AppendLine("internal static class Recipes {");
        for (var number = 0; number < codes.Count; number++)
        {
            source.AppendLine(CultureInfo.InvariantCulture, $"public static async Task Recipe{number}() {{").AppendLine(codes[number]).AppendLine("}");
        }

        var text = Files().Replace(source.AppendLine("}").Append(declarations).ToString(), match => $"Use{kind}(TestDatabases.Of(\"{match.Groups["file"].Value}\"))");
        return new RecipeProgram(Compile.Run(new TypedGenerator(), s_options, text));
    }

    /// <summary>Runs one with new databases.</summary>
    public async Task<string[]> RunAsync(int number, DatabaseServer server)
    {
        var databases = new Dictionary<string, EmptyDatabase>(StringComparer.Ordinal);
        try
        {
            return Run(number, name => (databases.TryGetValue(name, out var known) ? known : databases[name] = server.CreateAsync().GetAwaiter().GetResult()).ConnectionString);
        }
        finally
        {
            foreach (var database in databases.Values)
            {
                await database.DisposeAsync();
            }
        }
    }

    /// <summary>Runs one, and returns the lines that it printed without the empty ones.</summary>
    public string[] Run(int number, Func<string, string> database)
    {
        _assembly.Value.Call("TestDatabases", "Find", database);
        return ExampleProgram.Printed(() => ((Task)_assembly.Value.Call("Recipes", $"Recipe{number}")!).GetAwaiter().GetResult());
    }

    /// <summary>What the library's rules warn of.</summary>
    public async Task<IReadOnlyList<string>> WarningsAsync() =>
        [.. (await Analyze.ReportAsync(Rule.Analyzers, Compilation)).Where(found => found.Severity >= DiagnosticSeverity.Warning).Select(found => found.ToString())];

    [GeneratedRegex("UseSqlite\\(\"Data Source=(?<file>[a-z]+\\.db)\"\\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Files();
}
