namespace Typed.Tests.Harness.Files;

/// <summary>A fresh folder, deleted with what is in it on dispose.</summary>
public sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("typed-tests-").FullName;

    /// <summary>A path inside the folder; nothing is created.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Where open files cannot be deleted, a pooled connection may still hold one; the system's own clean-up gets it.
        }
    }
}
