using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Typed.Generator.Tests.Harness;

namespace Typed.Generator.Tests;

/// <summary>The README's example is a program: it compiles without a warning and prints what its comments say.</summary>
public partial class ReadmeTests
{
    private const string Database = "shop.db";

    [Fact]
    public async Task The_example_compiles_and_prints_what_it_says()
    {
        var example = Example(await File.ReadAllTextAsync(Path.Combine(Root(), "README.md")));
        Assert.Contains($"Data Source={Database}", example, StringComparison.Ordinal);

        var (exitCode, printed) = Run(example);

        Assert.Equal(0, exitCode);
        Assert.Equal(3, printed.Length);
        var promised = Promises().Matches(example).Select(match => match.Groups["printed"].Value.Trim()).ToArray();
        Assert.Equal(2, promised.Length);
        Assert.Equal((promised[0], promised[1]), (printed[0], printed[2]));
        Assert.EndsWith(": 250 ms at most", printed[1], StringComparison.Ordinal);
    }

    [Fact]
    public void An_example_that_does_not_compile_fails() =>
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => Run("using Typed; await ResponseTime.In(null!).InsertAsync();"));

    /// <summary>Compiles a program with the generator, every warning an error, and runs it as it stands.</summary>
    private static (int ExitCode, string[] Printed) Run(string program)
    {
        var options = new CompileOptions { AssemblyName = "Example", WarningsAsErrors = true };
        var compilation = Compile.Create(options, program);
        compilation = compilation.WithOptions(compilation.Options.WithOutputKind(OutputKind.ConsoleApplication));
        var run = GeneratorRun.Of(Compile.Driver(new TypedGenerator(), options), compilation, options).AssertClean();
        using var loaded = run.Load(ownRuntime: true);

        File.Delete(Database);
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
            File.Delete(Database);
        }
    }

    private static string Example(string readme) => Assert.Single(Blocks().Matches(readme)).Groups["code"].Value;

    private static string Root([CallerFilePath] string path = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "..", ".."));

    [GeneratedRegex("```csharp\n(?<code>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Blocks();

    [GeneratedRegex("Console\\.WriteLine\\(.*\\);\\s+// (?<printed>.*)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Promises();
}
