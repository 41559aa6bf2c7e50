using Typed.Package.Tests.Harness;

namespace Typed.Package.Tests;

/// <summary>What a consumer gets with the packages, and what not.</summary>
public class LeakTests(Workshop workshop)
{
    public static TheoryData<string> All { get; } = ["App", "Console", "Declared", "Middle", "Owner", "Watched", "Web", "Worker"];

    [Theory]
    [MemberData(nameof(All))]
    public void The_compiler_gets_one_copy_of_the_generator_and_of_the_fixes(string project)
    {
        var analyzers = File.ReadAllLines(workshop.Built(project, "analyzers.txt")).Where(path => Path.GetFileName(path).StartsWith("Typed.", StringComparison.Ordinal));

        Assert.Equal(["Typed.CodeFixes.dll", "Typed.Generator.dll"], analyzers.Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("App", "Npgsql")]
    [InlineData("Console", "Npgsql")]
    [InlineData("Watched", "Npgsql")]
    [InlineData("Web", "Npgsql")]
    [InlineData("Worker", "SQLite")]
    public void Users_of_one_database_do_not_carry_the_other(string project, string other) =>
        Assert.DoesNotContain(other, File.ReadAllText(workshop.Built(project, $"{project}.deps.json")), StringComparison.OrdinalIgnoreCase);

    [Theory]
    [InlineData("App", "SQLite")]
    [InlineData("Worker", "Npgsql")]
    public void They_carry_their_own(string project, string own) =>
        Assert.Contains(own, File.ReadAllText(workshop.Built(project, $"{project}.deps.json")), StringComparison.OrdinalIgnoreCase);

    [Theory]
    [MemberData(nameof(All))]
    public void Nothing_that_the_generator_needs_comes_along(string project)
    {
        var assets = File.ReadAllText(Path.Combine(workshop.Folder(project), "obj", "project.assets.json"));
        string[] none = ["MinVer", "Microsoft.CodeAnalysis.Analyzers", "Microsoft.CodeAnalysis.PublicApiAnalyzers", "Meziantou.Analyzer", "Roslynator.Analyzers", "Typed.Generator", "Typed.CodeFixes"];

        Assert.Contains("Typed/", assets, StringComparison.Ordinal);
        // EF Core's design package brings the compiler to the one project that asks for it.
        Assert.All(project == "Owner" ? none.Where(name => name != "Microsoft.CodeAnalysis.Analyzers") : [.. none, "Microsoft.CodeAnalysis"],
            name => Assert.DoesNotContain($"\"{name}", assets, StringComparison.Ordinal));
        Assert.All(
            Directory.GetFiles(Path.GetDirectoryName(workshop.Built(project, "any"))!).Where(_ => project != "Owner"),
            file => Assert.DoesNotContain("CodeAnalysis", file, StringComparison.Ordinal));
    }
}
