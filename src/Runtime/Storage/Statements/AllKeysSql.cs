using System.Collections.Concurrent;

namespace Typed.Storage.Statements;

/// <summary>
/// A statement that reads a page of all keys, in the order of the primary key, each text built once. Its parameters: the namespace
/// where the series has them, the ends of a prefix where there is one, the key and position to go on after where it is not the first page, the first and last
/// position, and the limit.
/// </summary>
/// <param name="build">Gives the text: for the keys of a prefix or all, from the beginning or from a place on.</param>
internal sealed class AllKeysSql(Func<bool, bool, string> build)
{
    private readonly ConcurrentDictionary<(bool Prefixed, bool Resumes), Lazy<Sql>> _texts = new();

    public Sql For(bool prefixed, bool resumes) =>
        _texts.GetOrAdd((prefixed, resumes), static (form, build) => new(() => new Sql(build(form.Prefixed, form.Resumes))), build).Value;
}
