namespace Typed.Series;

/// <summary>The order in which the databases have the values of a type: text by code point, bytes by content, anything else as .NET has it.</summary>
internal static class HistogramOrder<T>
{
    public static Comparison<T> Compare { get; } = Find();

    private static Comparison<T> Find()
    {
        if (typeof(T) == typeof(string))
        {
            return (Comparison<T>)(object)new Comparison<string>(TextColumn.Compare);
        }

        return typeof(T) == typeof(byte[]) ? (Comparison<T>)(object)new Comparison<byte[]>(BlobColumn.Compare) : Comparer<T>.Default.Compare;
    }
}
