using Microsoft.Extensions.Configuration;

namespace Typed.Hosting;

/// <summary>Reads options from a section of the application's configuration, without reflection.</summary>
/// <param name="owner">Whose options they are, in words.</param>
/// <param name="options">Their names, and what sets each from its text.</param>
internal sealed class ConfigurationBinding<TOptions>(string owner, Dictionary<string, Action<TOptions, string>> options)
{
    /// <exception cref="InvalidOperationException">A name is no option, or a value does not fit it.</exception>
    public void Bind(TOptions target, IConfiguration section, params ReadOnlySpan<(string Name, Action<TOptions, string[]> Set)> lists)
    {
        foreach (var entry in section.GetChildren())
        {
            try
            {
                if (options.TryGetValue(entry.Key, out var set))
                {
                    set(target, entry.Value ?? string.Empty);
                    continue;
                }

                var list = Find(lists, entry.Key) ?? throw Unknown(entry.Path, lists);
                list(target, [.. entry.GetChildren().Select(item => item.Value ?? string.Empty)]);
            }
            catch (Exception error) when (error is FormatException or OverflowException or ArgumentException)
            {
                throw new InvalidOperationException($"{entry.Path} = '{entry.Value}': {error.Message}", error);
            }
        }
    }

    private static Action<TOptions, string[]>? Find(ReadOnlySpan<(string Name, Action<TOptions, string[]> Set)> lists, string name)
    {
        foreach (var list in lists)
        {
            if (string.Equals(list.Name, name, StringComparison.OrdinalIgnoreCase))
            {
                return list.Set;
            }
        }

        return null;
    }

    private InvalidOperationException Unknown(string path, ReadOnlySpan<(string Name, Action<TOptions, string[]> Set)> lists)
    {
        List<string> names = [.. options.Keys];
        foreach (var (name, _) in lists)
        {
            names.Add(name);
        }

        return new($"{path}: {owner} has no such option. There are {string.Join(", ", names.Order(StringComparer.Ordinal))}.");
    }
}
