using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Typed.Generator.Tests.Harness;

namespace Typed.Generator.Tests;

/// <summary>The examples of the README and of the pages are programs: they compile without a warning and print what their comments say.</summary>
public partial class ExampleTests
{
    private static readonly string[] s_pages = ["README.md", "docs/writing.md"];

    public static TheoryData<string, int> Examples { get; } =
        [.. s_pages.SelectMany(page => Enumerable.Range(0, Blocks().Count(Text(page))).Select(number => (page, number)))];

    [Fact]
    public void There_are_examples() => Assert.Equal(3, Examples.Count);

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_compiles_and_prints_what_it_says(string page, int number)
    {
        var example = Blocks().Matches(Text(page))[number].Groups["code"].Value;
        var promised = Promises().Matches(example).Select(match => match.Groups["printed"].Value.Trim()).ToArray();
        Assert.NotEmpty(promised);

        var (exitCode, printed) = Run(example);

        Assert.Equal(0, exitCode);
        Assert.Equal(promised, printed.Intersect(promised, StringComparer.Ordinal));
        Assert.Equal(Prints().Count(example), printed.Length);
    }

    [Fact]
    public void An_example_that_does_not_compile_fails() =>
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => Run("using Typed; await ResponseTime.In(null!).InsertAsync();"));

    private static string Text(string page) => File.ReadAllText(Path.Combine(Root(), page)).ReplaceLineEndings("\n");

    /// <summary>Compiles a program with the generator, every warning an error, and runs it as it stands.</summary>
    private static (int ExitCode, string[] Printed) Run(string program)
    {
        var options = new CompileOptions { AssemblyName = "Example", Engines = true, WarningsAsErrors = true, NoWarn = ["CS1701", "CS1702"] }; // as the SDK has it
        var compilation = Compile.Create(options, program);
        compilation = compilation.WithOptions(compilation.Options.WithOutputKind(OutputKind.ConsoleApplication));
        var run = GeneratorRun.Of(Compile.Driver(new TypedGenerator(), options), compilation, options).AssertClean();
        using var loaded = run.Load(ownRuntime: true);

        var databases = Databases().Matches(program).Select(match => match.Groups["file"].Value).ToArray();
        Delete(databases);
        var console = Console.Out;
        var culture = CultureInfo.CurrentCulture;
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
            Console.SetOut(output);
            var result = loaded.Assembly.EntryPoint!.Invoke(null, [Array.Empty<string>()]);
            return (result is int code ? code : 0, output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        }
        finally
        {
            Console.SetOut(console);
            CultureInfo.CurrentCulture = culture;
            Delete(databases);
        }
    }

    private static void Delete(IEnumerable<string> databases)
    {
        foreach (var database in databases)
        {
            File.Delete(database);
        }
    }

    private static string Root([CallerFilePath] string path = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "..", ".."));

    [GeneratedRegex("```csharp\n(?<code>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Blocks();

    [GeneratedRegex("Console\\.WriteLine\\(.*\\);\\s+// (?<printed>.*)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Promises();

    [GeneratedRegex("Console\\.WriteLine", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Prints();

    [GeneratedRegex("Data Source=(?<file>[a-z.]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Databases();
}
