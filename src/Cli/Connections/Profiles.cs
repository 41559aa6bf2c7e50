using System.Text.Json;
using Typed.Cli.Output;

namespace Typed.Cli.Connections;

/// <summary>
/// Named connections: <c>{ "default": "dev", "profiles": { "dev": "Data Source=shop.db" } }</c> in <c>typed.profiles.json</c>, here or in a folder above, or in
/// the user's own configuration.
/// </summary>
internal static class Profiles
{
    public const string FileName = "typed.profiles.json";

    private const string DefaultName = "default";
    private const string ProfilesName = "profiles";

    private static readonly JsonDocumentOptions s_options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>The connection string of a profile.</summary>
    /// <param name="name">The profile.</param>
    /// <param name="folder">Where to look first; null: the current folder.</param>
    /// <exception cref="CliException">There is no such profile.</exception>
    public static string Find(string name, string? folder = null)
    {
        var file = FindFile(folder) ?? throw new CliException(
            ExitCodes.NotFound, $"There is no {FileName}, and so no profile '{name}'.", $"Write one here, or {UserFile}.");
        using var document = Read(file);
        return Find(document, name, file);
    }

    /// <summary>The connection string of the default profile; null where there is none.</summary>
    public static string? Default(string? folder = null)
    {
        if (FindFile(folder) is not { } file)
        {
            return null;
        }

        using var document = Read(file);
        return document.RootElement.TryGetProperty(DefaultName, out var name) && name.ValueKind == JsonValueKind.String
            ? Find(document, name.GetString()!, file)
            : null;
    }

    private static string UserFile => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify), "typed", FileName);

    private static string? FindFile(string? folder)
    {
        for (var place = new DirectoryInfo(folder ?? Environment.CurrentDirectory); place is not null; place = place.Parent)
        {
            if (File.Exists(Path.Combine(place.FullName, FileName)))
            {
                return Path.Combine(place.FullName, FileName);
            }
        }

        return File.Exists(UserFile) ? UserFile : null;
    }

    private static JsonDocument Read(string file)
    {
        try
        {
            var document = JsonDocument.Parse(File.ReadAllText(file), s_options);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document : throw new JsonException("it holds no object");
        }
        catch (JsonException error)
        {
            throw new CliException(ExitCodes.BadInput, $"{file} is no file of profiles: {error.Message}", "docs/cli.md shows one.", error);
        }
    }

    private static string Find(JsonDocument document, string name, string file)
    {
        var names = document.RootElement.TryGetProperty(ProfilesName, out var profiles) && profiles.ValueKind == JsonValueKind.Object
            ? profiles.EnumerateObject().Where(one => one.Value.ValueKind == JsonValueKind.String)
                .ToDictionary(one => one.Name, one => one.Value.GetString()!, StringComparer.Ordinal)
            : [];
        return names.GetValueOrDefault(name)
            ?? throw new CliException(ExitCodes.NotFound, $"{file} has no profile '{name}'.", Nearest.Sentence(name, names.Keys, "profiles"));
    }
}
