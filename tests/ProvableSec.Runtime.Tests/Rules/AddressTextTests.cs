using System.Globalization;
using System.Text;

namespace ProvableSec.Runtime.Tests.Rules;

public sealed class AddressTextTests
{
    private static readonly string[] Octets = ["0", "1", "9", "10", "42", "99", "100", "199", "249", "250", "255", "256", "260", "300", "999", "1000", "00",
        "01", "001", "099", "", "-1", "+1", " 1", "1 ", "1a", "a", "/", ":"];

    [Fact]
    public void Four_octets_are_read_as_they_are_written_and_nothing_else_is()
    {
        foreach (string first in Octets)
        {
            foreach (string second in Octets)
            {
                foreach (string third in Octets)
                {
                    foreach (string fourth in Octets)
                    {
                        string[] octets = [first, second, third, fourth];
                        string text = string.Join('.', octets);
                        bool parsed = AddressText.TryParse(Encoding.UTF8.GetBytes(text), out bool isV6, out UInt128 value);
                        Assert.True(parsed == Array.TrueForAll(octets, IsOctet), text);
                        Assert.True(!parsed || (!isV6 && AddressText.Of(false, value) == text), text);
                    }
                }
            }
        }
    }

    [Theory]
    [InlineData("1.2.3")]
    [InlineData("1.2.3.4.5")]
    [InlineData("1.2.3.4.")]
    [InlineData(".1.2.3.4")]
    [InlineData("1..2.3.4")]
    [InlineData("1.2.3.4\0")]
    [InlineData("1.2.3.4, 5.6.7.8")]
    [InlineData("")]
    public void Other_numbers_of_octets_are_no_address(string text) => Assert.False(AddressText.TryParse(Encoding.UTF8.GetBytes(text), out _, out _));

    private static bool IsOctet(string text) =>
        byte.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out byte value) && value.ToString(CultureInfo.InvariantCulture) == text;
}
