using Typed.Storage;

namespace Typed.Cli.Transfer;

/// <summary>Rows of any table, as objects: for what is copied once and need not be fast.</summary>
internal sealed class StoredRows(WriteTable table, IReadOnlyList<object[]> rows) : ITableRows
{
    public WriteTable Table => table;

    public int Count => rows.Count;

    // Where a key may be stored already, a bulk load would fail.
    public bool AreNew => table.Conflict == WriteConflict.Append;

    public string? Added => null;

    public void WriteAll(ParameterWriter parameters, ArrayWriter arrays)
    {
        for (var i = 0; i < table.Columns.Count; i++)
        {
            WriteColumn(arrays, table.Columns[i].Kind, i);
        }
    }

    public void WriteRow(ParameterWriter parameters, int row)
    {
        for (var i = 0; i < table.Columns.Count; i++)
        {
            Write(parameters, table.Columns[i].Kind, rows[row][i]);
        }
    }

    private static void Write(ParameterWriter parameters, ColumnKind kind, object value)
    {
        switch (kind)
        {
            case ColumnKind.Int16:
                parameters.Int16((short)(long)value);
                break;
            case ColumnKind.Int32:
                parameters.Int32((int)(long)value);
                break;
            case ColumnKind.Int64:
                parameters.Int64((long)value);
                break;
            case ColumnKind.Single:
                parameters.Single((float)value);
                break;
            case ColumnKind.Double:
                parameters.Double((double)value);
                break;
            case ColumnKind.Decimal:
                parameters.Decimal((decimal)value);
                break;
            case ColumnKind.Text:
                parameters.Text((string)value);
                break;
            case ColumnKind.Instant:
                parameters.Instant((long)value);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(kind), kind, message: null);
        }
    }

    private void WriteColumn(ArrayWriter arrays, ColumnKind kind, int column)
    {
        switch (kind)
        {
            case ColumnKind.Int16:
                arrays.Int16s([.. rows.Select(row => (short)(long)row[column])]);
                break;
            case ColumnKind.Int32:
                arrays.Int32s([.. rows.Select(row => (int)(long)row[column])]);
                break;
            case ColumnKind.Int64:
                arrays.Int64s([.. rows.Select(row => (long)row[column])]);
                break;
            case ColumnKind.Single:
                arrays.Singles([.. rows.Select(row => (float)row[column])]);
                break;
            case ColumnKind.Double:
                arrays.Doubles([.. rows.Select(row => (double)row[column])]);
                break;
            case ColumnKind.Decimal:
                arrays.Decimals([.. rows.Select(row => (decimal)row[column])]);
                break;
            case ColumnKind.Text:
                arrays.Texts([.. rows.Select(row => (string)row[column])]);
                break;
            case ColumnKind.Instant:
                arrays.Instants([.. rows.Select(row => (long)row[column])]);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(kind), kind, message: null);
        }
    }
}
