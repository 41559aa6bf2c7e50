using Typed.Cli.Connections;
using Typed.Cli.Output;
using Typed.Tests.Harness.Files;

namespace Typed.Cli.Tests;

/// <summary>The file of profiles, in a folder or one above it.</summary>
public sealed class ProfileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_profile_of_a_folder_above()
    {
        Write("""{ "default": "dev", "profiles": { "dev": "a.db", "live": "Host=x" } } // mine""");
        var below = Directory.CreateDirectory(_folder.File("src/app")).FullName;

        Assert.Equal(("Host=x", "a.db"), (Profiles.Find("live", below), Profiles.Default(below)));
    }

    [Fact]
    public void No_default()
    {
        Write("""{ "profiles": { "dev": "a.db" } }""");

        Assert.Null(Profiles.Default(_folder.Path));
    }

    [Theory]
    [InlineData("""{ "profiles": { "live": "Host=x" } }""", ExitCodes.NotFound, "has no profile 'liev'. Did you mean live?")]
    [InlineData("{}", ExitCodes.NotFound, "has no profile 'liev'. There are no profiles.")]
    [InlineData("[]", ExitCodes.BadInput, "is no file of profiles: it holds no object")]
    [InlineData("{", ExitCodes.BadInput, "is no file of profiles")]
    public void What_is_wrong_is_said(string text, int code, string said)
    {
        Write(text);

        var error = Assert.Throws<CliException>(() => Profiles.Find("liev", _folder.Path));

        Assert.Equal(code, error.ExitCode);
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Connection_and_profile_exclude_each_other() =>
        Assert.Equal(ExitCodes.Usage, Assert.Throws<CliException>(() => ConnectionChoice.Find("a.db", "live")).ExitCode);

    private void Write(string text) => File.WriteAllText(_folder.File(Profiles.FileName), text);
}
