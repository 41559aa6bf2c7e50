using System.Text.RegularExpressions;
using Typed.Package.Tests.Harness;

namespace Typed.Package.Tests;

/// <summary>Where the packages cannot work, the build says so, once.</summary>
public partial class RefusalTests(Workshop workshop)
{
    [Fact]
    public async Task What_is_too_old_gets_one_clear_error()
    {
        var (exit, output) = await workshop.BuildAsync("Refused.proj");

        Assert.NotEqual(0, exit);
        var errors = Errors().Matches(output).Select(match => match.Value.Trim()).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        Assert.Equal(
            [
                "error TYPED001: Typed needs .NET 10: this project targets net8.0. Set TargetFramework to net10.0 or a later one.",
                "error TYPED002: Typed needs the compiler of .NET SDK 9.0.300 or later (Roslyn 4.14): this build uses Roslyn 4.8. "
                    + "Install a newer SDK, or remove the package that brings the older compiler.",
                "error TYPED003: Typed needs C# 12: this project sets LangVersion to 11.0. Remove it, or set it to 12 or later.",
            ],
            errors);
    }

    [GeneratedRegex("(error|warning) [A-Z]+[0-9]+: [^\\[\n]*", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Errors();
}
