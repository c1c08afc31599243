using System.Globalization;
using System.Text;

namespace ProvableSec.Logs.Findings;

/// <summary>Where a finding is sorted to: by its type and day, as tables of Athena are partitioned. Everything in it may stand in a path.</summary>
/// <param name="FindingType">The type, in which characters that Hive escapes in such names are escaped as it does.</param>
/// <param name="Year">The year, four digits; <c>unknown</c> like the others for a finding without a time.</param>
/// <param name="Month">The month, two digits.</param>
/// <param name="Day">The day, two digits.</param>
internal readonly record struct FindingPartition(string FindingType, string Year, string Month, string Day)
{
    private const string Unknown = "unknown";

    /// <summary>Names of folders are shorter than 256 bytes, and an escaped letter has nine at most.</summary>
    private const int MostBytes = 200;

    /// <summary>Its keys, from the outermost folder on.</summary>
    public IEnumerable<(string Name, string Value)> Keys => [("finding_type", FindingType), ("year", Year), ("month", Month), ("day", Day)];

    /// <summary>Its folder: <c>finding_type=…/year=…/month=…/day=…</c>.</summary>
    public string Path => string.Join('/', Keys.Select(key => key.Name + "=" + key.Value));

    /// <summary>Where a finding belongs.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="time">When it was updated last, or sent; null when it tells neither.</param>
    public static FindingPartition Of(string type, DateTime? time) => time is { } known
        ? new(Escaped(type), Digits(known, "yyyy"), Digits(known, "MM"), Digits(known, "dd")) : new(Escaped(type), Unknown, Unknown, Unknown);

    private static string Digits(DateTime time, string format) => time.ToString(format, CultureInfo.InvariantCulture);

    private static string Escaped(string type)
    {
        var name = new StringBuilder();
        foreach (byte letter in Encoding.UTF8.GetBytes(type))
        {
            // Two dots would lead out of the folder, were they all of a name; behind the equals sign they cannot be.
            string next = char.IsAsciiLetterOrDigit((char)letter) || letter is (byte)'.' or (byte)'-' or (byte)'_' ? ((char)letter).ToString()
                : "%" + letter.ToString("X2", CultureInfo.InvariantCulture);
            if (name.Length + next.Length > MostBytes)
            {
                break;
            }

            name.Append(next);
        }

        // A partition key of Firehose is not empty, nor is the name of a folder.
        return name.Length == 0 ? Unknown : name.ToString();
    }
}
