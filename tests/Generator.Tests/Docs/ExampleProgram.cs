using System.Globalization;
using Microsoft.CodeAnalysis;
using Typed.Generator.Tests.Harness;

namespace Typed.Generator.Tests.Docs;

/// <summary>Compiles a program of a page with the generator, every warning an error, and runs it as it stands. Tests that do so share the console, and are one collection.</summary>
internal static class ExampleProgram
{
    public const string Collection = "Console";

    /// <summary>Returns the exit code, and the lines that it printed without the empty ones.</summary>
    public static (int ExitCode, string[] Printed) Run(string program, params IReadOnlyList<TextFile> files)
    {
        // As the SDK has it.
        var options = new CompileOptions { AssemblyName = "Example", Engines = true, WarningsAsErrors = true, NoWarn = ["CS1701", "CS1702"], Files = files };
        var compilation = Compile.Create(options, program);
        compilation = compilation.WithOptions(compilation.Options.WithOutputKind(OutputKind.ConsoleApplication));
        var run = GeneratorRun.Of(Compile.Driver(new TypedGenerator(), options), compilation, options).AssertClean();
        using var loaded = run.Load(ownRuntime: true);
        object? result = null;
        var printed = Printed(() => result = loaded.Assembly.EntryPoint!.Invoke(null, [Array.Empty<string>()]));
        return (result is int code ? code : 0, printed);
    }

    /// <summary>The lines that an action writes to the console without the empty ones.</summary>
    public static string[] Printed(Action action)
    {
        var console = Console.Out;
        var culture = CultureInfo.CurrentCulture;
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
            Console.SetOut(output);
            action();
            return output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        }
        finally
        {
            Console.SetOut(console);
            CultureInfo.CurrentCulture = culture;
        }
    }
}
