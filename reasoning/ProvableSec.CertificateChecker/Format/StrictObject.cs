using System.Globalization;
using ProvableSec.Policy.Json;

namespace ProvableSec.CertificateChecker.Format;

/// <summary>Reads a JSON object of which every member is known beforehand: what is missing, double, of another type or unknown refuses the
/// certificate.</summary>
internal readonly struct StrictObject
{
    private readonly JsonItem element;
    private readonly string where;

    public StrictObject(JsonItem element, string where, params string[] members)
    {
        this.element = element;
        this.where = where;
        Expect(element, JsonKind.Object, where);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonMember property in element.Properties())
        {
            if (!members.Contains(property.Name) || !seen.Add(property.Name))
            {
                throw new CertificateRefusedException($"{where} has a member \"{property.Name}\" that does not belong there");
            }
        }
    }

    /// <summary>A member that may be missing.</summary>
    public JsonItem? Find(string name) => element.TryGetProperty(name, out JsonItem value) ? value : null;

    public JsonItem this[string name] => Find(name) ?? throw new CertificateRefusedException($"{where} has no \"{name}\"");

    public string Text(string name) => Text(this[name], $"{name} of {where}");

    public int Number(string name) => Number(this[name], $"{name} of {where}");

    public IEnumerable<JsonItem> Items(string name) => Items(this[name], $"{name} of {where}");

    public static string Text(JsonItem value, string where)
    {
        Expect(value, JsonKind.String, where);
        return value.Text;
    }

    public static int Number(JsonItem value, string where)
    {
        Expect(value, JsonKind.Number, where);
        return int.TryParse(value.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number)
            && number.ToString(CultureInfo.InvariantCulture) == value.Text
            ? number
            : throw new CertificateRefusedException($"{where} is not a whole number");
    }

    public static List<JsonItem> Items(JsonItem value, string where)
    {
        Expect(value, JsonKind.Array, where);
        var items = new List<JsonItem>();
        foreach (JsonItem item in value.Elements())
        {
            items.Add(item);
        }

        return items;
    }

    private static void Expect(JsonItem value, JsonKind kind, string where)
    {
        if (value.Kind != kind)
        {
            throw new CertificateRefusedException($"{where} is {value.KindInWords}");
        }
    }
}
