"""How every page looks: system fonts, warm ground, one teal accent; dark follows the system."""

from pathlib import Path

import gradio as gr

CSS = Path(__file__).with_name("style.css")
FONT = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "Helvetica Neue", "sans-serif")
MONO = ("ui-monospace", "SFMono-Regular", "Menlo", "monospace")

TEAL = gr.themes.Color(
    c50="#eef7f6", c100="#d3ebe8", c200="#a8d7d1", c300="#74bdb5", c400="#469e96",
    c500="#1f7f77", c600="#0f655f", c700="#0c524d", c800="#0b423e", c900="#0a3633", c950="#051f1d",
    name="teal-deep",
)  # fmt: skip
SAND = gr.themes.Color(
    c50="#fbf9f5", c100="#f4f0e8", c200="#e8e1d5", c300="#d3c9b8", c400="#a99e8c",
    c500="#7a7063", c600="#5f574c", c700="#463f37", c800="#2e2a25", c900="#211e1a", c950="#171512",
    name="sand",
)  # fmt: skip

_BUTTONS = {
    "button_primary_background_fill": "*primary_600",
    "button_primary_background_fill_hover": "*primary_700",
    "button_primary_background_fill_dark": "*primary_300",
    "button_primary_background_fill_hover_dark": "*primary_200",
    "button_primary_text_color": "white",
    "button_primary_text_color_dark": "*neutral_950",
    "button_secondary_background_fill": "*neutral_100",
    "button_secondary_background_fill_hover": "*neutral_200",
    "button_secondary_background_fill_dark": "*neutral_800",
    "button_secondary_background_fill_hover_dark": "*neutral_700",
    "button_secondary_text_color": "*neutral_900",
    "button_secondary_text_color_dark": "*neutral_50",
}
_INPUTS = {
    "input_background_fill": "white",
    "input_background_fill_dark": "*neutral_900",
    "input_border_color": "*neutral_400",
    "input_border_color_dark": "*neutral_500",
    "input_border_width": "1px",
    "input_placeholder_color": "*neutral_600",
    "input_placeholder_color_dark": "*neutral_300",
}


def build_theme() -> gr.themes.Base:
    """The theme handed to Gradio; contrasts are AA or better in both modes."""
    return gr.themes.Base(primary_hue=TEAL, neutral_hue=SAND, font=FONT, font_mono=MONO).set(
        body_background_fill="*neutral_50",
        body_background_fill_dark="*neutral_950",
        body_text_color="*neutral_900",
        body_text_color_dark="*neutral_100",
        body_text_color_subdued="*neutral_600",
        body_text_color_subdued_dark="*neutral_300",
        block_background_fill="transparent",
        block_background_fill_dark="transparent",
        block_border_width="0px",
        block_title_text_color="*neutral_900",
        block_title_text_color_dark="*neutral_100",
        block_title_text_weight="600",
        block_info_text_size="*text_md",
        checkbox_label_padding="*spacing_sm *spacing_lg",
        checkbox_border_color="*neutral_500",
        checkbox_border_color_dark="*neutral_400",
        checkbox_label_background_fill="*neutral_100",
        checkbox_label_background_fill_dark="*neutral_800",
        link_text_color="*primary_600",
        link_text_color_dark="*primary_200",
        **_BUTTONS,
        **_INPUTS,
    )
