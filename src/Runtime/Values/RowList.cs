namespace Typed.Values;

/// <summary>Rows as one parameter of a statement, for databases without arrays.</summary>
internal abstract class RowList : ParameterWriter
{
    public abstract void StartRow();

    public abstract void EndRow();

    /// <summary>Adds the parameter.</summary>
    public abstract void End();
}
