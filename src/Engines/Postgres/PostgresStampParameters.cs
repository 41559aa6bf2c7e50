using System.Globalization;
using Typed.Storage;

namespace Typed.Postgres;

/// <summary>The parameters of a stamp, and the time that the flush may wait for a lock, in milliseconds.</summary>
internal sealed class PostgresStampParameters(WriterStamp stamp) : IParameters
{
    public void Bind(ParameterWriter parameters)
    {
        new StampParameters(stamp).Bind(parameters);
        parameters.Text(((long)stamp.LockWait.TotalMilliseconds).ToString(CultureInfo.InvariantCulture));
    }
}
