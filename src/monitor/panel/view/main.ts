/** The panel's page: its style, its root element, and the provider on the other side. */
import './panel.css';
import './section-panel.ts';
